/**
 * A picture in the text: the picture, its caption, its maker, its words for those who cannot see it. Plain elements, so
 * that an article with many pictures opens and scrolls as one without.
 */
import type { Editor, NodeViewRenderer } from '@tiptap/core';
import type { Node as PmNode } from '@tiptap/pm/model';
import { MAX_CAPTION } from '../../../../../../core/model/article/describe.ts';
import { AI_LABEL } from '../../../../../../core/model/article/index.ts';
import { i18n } from '../../../../i18n/index.ts';
import { ICON_PATHS, type IconName } from '../../../../ui/icon-paths.ts';
import type { ImageAttributes } from './image-attributes.ts';
import { showPicture, type ShownPicture } from './shown-picture.ts';

type Words = 'alt' | 'caption' | 'credit';

function element<K extends keyof HTMLElementTagNameMap>(name: K, className: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

function icon(name: IconName): string {
  return `<svg class="i" width="14" height="14" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${ICON_PATHS[name]}</svg>`;
}

interface Field {
  input: HTMLInputElement;
  show: (value: string) => void;
}

/**
 * A field of the picture. While somebody is in it, it keeps what is being typed itself: an input method must not have
 * its text replaced by the node's attribute in the middle of a word.
 */
function field(className: string, editor: Editor, onChange: (value: string) => void): Field {
  const input = element('input', className);
  let value = '';
  input.maxLength = MAX_CAPTION;
  const fit = () => (input.size = Math.max(6, [...(input.value || input.placeholder)].length * 2));
  const settle = () => {
    input.value = value;
    input.readOnly = !editor.isEditable;
    fit();
  };
  input.addEventListener('focus', settle);
  input.addEventListener('blur', settle);
  input.addEventListener('input', () => {
    fit();
    onChange(input.value);
  });
  return {
    input,
    show: (next) => {
      value = next;
      if (document.activeElement !== input) settle();
    },
  };
}

/** The words for those who cannot see the picture: a button that says whether there are any, and opens their field. */
function altPart(editor: Editor, onChange: (value: string) => void) {
  const button = element('button', 'figure-alt');
  button.type = 'button';
  button.setAttribute('aria-expanded', 'false');
  const row = element('label', 'figure-alt-row');
  row.hidden = true;
  const name = element('span', '');
  const words = field('', editor, onChange);
  row.append(name, words.input);
  const open = (on: boolean) => {
    row.hidden = !on;
    button.setAttribute('aria-expanded', String(on));
    (on ? words.input : button).focus();
  };
  button.addEventListener('click', () => open(row.hidden !== false));
  words.input.addEventListener('keydown', (event) => {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    event.stopPropagation();
    open(false);
  });
  const show = (alt: string) => {
    const missing = alt === '';
    button.toggleAttribute('data-missing', missing);
    button.innerHTML = icon(missing ? 'alert' : 'check');
    button.append(i18n.t(missing ? 'story.image.altMissing' : 'story.image.alt'));
    name.textContent = i18n.t('story.image.alt');
    words.input.placeholder = i18n.t('story.image.altHint');
    words.show(alt);
  };
  return { button, row, show };
}

interface Acts {
  set: (name: Words, value: string) => void;
  remove: () => void;
  /** Asks for the file of a picture without one. */
  choose: () => void;
}

/** Caption, maker and words for those who cannot see, as fields. */
function fields(editor: Editor, acts: Acts) {
  const figcaption = document.createElement('figcaption');
  const caption = field('cap', editor, (value) => acts.set('caption', value));
  const credit = field('credit', editor, (value) => acts.set('credit', value));
  const alt = altPart(editor, (value) => acts.set('alt', value));
  figcaption.append(caption.input, credit.input, alt.button, alt.row);
  return {
    figcaption,
    show: (attrs: ImageAttributes) => {
      for (const [part, key] of [
        [caption, 'caption'],
        [credit, 'credit'],
      ] as const) {
        part.input.placeholder = i18n.t(`story.image.${key}Hint`);
        part.input.setAttribute('aria-label', i18n.t(`story.image.${key}`));
        part.show(attrs[key]);
      }
      alt.show(attrs.alt);
    },
  };
}

/** The same words where nobody may change them. */
function readOnlyWords() {
  const figcaption = document.createElement('figcaption');
  return {
    figcaption,
    show: ({ caption, credit, alt }: ImageAttributes) => {
      const cap = element('span', 'cap');
      cap.textContent = caption;
      const by = document.createElement('span');
      by.textContent = credit;
      figcaption.replaceChildren(cap, by);
      if (alt === '') return;
      const told = element('span', 'push row');
      told.title = alt;
      told.innerHTML = icon('check');
      told.append(i18n.t('story.image.alt'));
      figcaption.append(told);
    },
  };
}

/** Stands where a picture belongs whose file did not come with a pasted text. */
function asking(choose: (() => void) | null): HTMLElement {
  const gone = element('span', 'figure-wait');
  gone.append(i18n.t(choose ? 'story.image.awaiting' : 'story.image.missing'));
  if (!choose) return gone;
  const button = element('button', 'figure-choose');
  button.type = 'button';
  button.innerHTML = icon('image');
  button.append(i18n.t('story.image.choose'));
  button.addEventListener('click', choose);
  gone.append(button);
  return gone;
}

/** The frame with the picture, the button that takes it away, and the mark of an AI. */
function frame(acts: Pick<Acts, 'remove' | 'choose'> | null) {
  const dom = element('div', 'figure-frame');
  dom.dataset['dragHandle'] = '';
  const host = element('div', 'figure-picture');
  const label = element('span', 'ai-label');
  label.textContent = AI_LABEL;
  dom.append(host);
  const button = element('button', 'figure-remove');
  button.type = 'button';
  button.innerHTML = icon('trash');
  if (acts) {
    button.addEventListener('click', acts.remove);
    dom.append(button);
  }
  let shown: ShownPicture | null = null;
  let assetId: string | null | undefined;
  const show = (attrs: ImageAttributes) => {
    dom.style.width = attrs.width === null ? '' : `${String(attrs.width)}%`;
    button.title = i18n.t('story.image.remove');
    button.setAttribute('aria-label', button.title);
    if (attrs.ai) dom.append(label);
    else label.remove();
    if (attrs.assetId === assetId && assetId !== null) {
      shown?.setAlt(attrs.alt);
      return;
    }
    assetId = attrs.assetId;
    shown?.destroy();
    shown = assetId === null ? null : showPicture(host, assetId, attrs.alt);
    if (!shown) host.replaceChildren(asking(acts?.choose ?? null));
  };
  return { dom, show, destroy: () => shown?.destroy() };
}

/** What the fields do to the node, wherever it stands by then. */
function actsOn(editor: Editor, place: () => number | undefined): Acts {
  const at = (): { pos: number; node: PmNode } | null => {
    const pos = place();
    const node = pos === undefined ? null : editor.state.doc.nodeAt(pos);
    return pos === undefined || node?.type.name !== 'image' ? null : { pos, node };
  };
  return {
    set: (name, value) => {
      const here = at();
      if (!here || !editor.isEditable) return;
      editor.view.dispatch(editor.state.tr.setNodeMarkup(here.pos, undefined, { ...here.node.attrs, [name]: value }));
    },
    remove: () => {
      const here = at();
      if (!here || !editor.isEditable) return;
      // The button goes with the picture; the text takes the focus, so that the keys still reach somebody.
      const range = { from: here.pos, to: here.pos + here.node.nodeSize };
      editor.chain().deleteRange(range).focus().run();
    },
    choose: () => {
      const here = at();
      if (here && editor.isEditable) editor.storage.image.choose?.(here.pos);
    },
  };
}

export const imageView: NodeViewRenderer = ({ node: first, editor, getPos }) => {
  let node = first;
  const acts = actsOn(editor, getPos);
  const dom = element('figure', 'figure');
  dom.contentEditable = 'false';
  const picture = frame(editor.isEditable ? acts : null);
  const words = editor.isEditable ? fields(editor, acts) : readOnlyWords();
  dom.append(picture.dom, words.figcaption);
  const show = () => {
    picture.show(node.attrs as ImageAttributes);
    words.show(node.attrs as ImageAttributes);
  };
  show();
  i18n.on('languageChanged', show);
  return {
    dom,
    update: (next) => {
      if (next.type.name !== 'image') return false;
      node = next;
      show();
      return true;
    },
    selectNode: () => dom.classList.add('selected'),
    deselectNode: () => dom.classList.remove('selected'),
    ignoreMutation: () => true,
    // The fields and buttons are the picture's own; what happens to the rest is the text's business.
    stopEvent: ({ target }) =>
      target instanceof Element &&
      (words.figcaption.contains(target) || target.closest('.figure-remove, .figure-choose') !== null),
    destroy: () => {
      picture.destroy();
      i18n.off('languageChanged', show);
    },
  };
};
