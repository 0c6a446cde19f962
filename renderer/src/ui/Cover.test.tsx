import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Asset } from '../../../core/model/contract/index.ts';
import { api, queryClient } from '../client/client.ts';
import { Cover } from './Cover.tsx';

const ID = '018f2f3a-0000-7000-8000-000000000001';
/** What the core says of the asset. */
const told = (poster: boolean): void => {
  queryClient.setQueryData(api.media.get.queryKey({ input: { assetId: ID } }), { assetId: ID, poster } as Asset);
};
const shown = (assetId: string | null) =>
  render(
    <QueryClientProvider client={queryClient}>
      <Cover assetId={assetId} />
    </QueryClientProvider>,
  ).container;

afterEach(() => {
  cleanup();
  queryClient.clear();
});

describe('the picture of a story in a list', () => {
  it('is asked for only once its poster is made, and then shows by itself', async () => {
    told(false);
    const list = shown(ID);
    expect(list.querySelector('img')).toBeNull();
    expect(list.querySelector('.thumb-none svg')).not.toBeNull();
    await act(async () => {
      told(true);
      await Promise.resolve();
    });
    await expect.poll(() => list.querySelector('img')?.getAttribute('src')).toBe(`/media/${ID}/poster`);
  });

  it('is a line drawing where the story has none', () => {
    expect(shown(null).querySelector('.thumb-none svg')).not.toBeNull();
  });
});
