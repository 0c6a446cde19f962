import { act, renderHook } from '@testing-library/react';
import { Editor } from '@tiptap/core';
import { afterEach, expect, it } from 'vitest';
import type { Cover } from '../../../../../core/model/cover/index.ts';
import { articleExtensions } from '../editor/extensions.ts';
import { useCover } from './use-cover.ts';

const cover = (words: string): Cover => ({
  image: '01939e1e-0000-7000-8000-000000000001',
  ai: false,
  view: { x: 0.5, y: 0.5, zoom: 1 },
  own: {},
  text: { words, style: 'shade', place: 'bottom', size: 'medium' },
});

let editor: Editor | undefined;
afterEach(() => editor?.destroy());

it('takes a choice back before what was typed a moment before it', () => {
  const own = new Editor({ extensions: articleExtensions() });
  editor = own;
  const { result } = renderHook(() => useCover(own));
  const words = () => (own.state.doc.attrs['cover'] as Cover | null)?.text?.words ?? null;
  act(() => result.current.change(cover('茶')));
  act(() => result.current.change(cover('守茶')));
  act(() => result.current.set(cover('老周')));
  expect(words()).toBe('老周');
  act(() => void own.commands.undo());
  expect(words()).toBe('守茶');
  act(() => void own.commands.undo());
  expect(words()).toBeNull();
});
