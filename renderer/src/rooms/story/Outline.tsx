import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import type { Story } from '../../../../core/model/contract/index.ts';
import { useView } from '../../app/view.ts';
import { formatNumber, formatWhen } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNow } from '../../ui/use-now.ts';

interface Heading {
  level: number;
  text: string;
}

/** Where the headings stand. Asked for when somebody wants to go there: places move with every letter. */
function headingPlaces(editor: Editor): number[] {
  const places: number[] = [];
  editor.state.doc.descendants((node, pos) => {
    if (node.type.name === 'heading') places.push(pos);
    return !node.isTextblock;
  });
  return places;
}

function readOutline(editor: Editor) {
  const headings: Heading[] = [];
  let images = 0;
  let here = -1;
  const { from } = editor.state.selection;
  editor.state.doc.descendants((node, pos) => {
    if (node.type.name === 'heading') {
      if (pos <= from) here = headings.length;
      headings.push({ level: Number(node.attrs['level']), text: node.textContent });
    }
    if (node.type.name === 'image') images += 1;
    return !node.isTextblock;
  });
  return { headings, images, here };
}

function goTo(editor: Editor, pos: number): void {
  editor.chain().setTextSelection(pos).focus(null, { scrollIntoView: false }).run();
  const at = editor.view.domAtPos(pos).node;
  const element = at instanceof HTMLElement ? at : at.parentElement;
  element?.scrollIntoView({ block: 'start' });
}

interface OutlineProps {
  editor: Editor;
  story: Story;
}

/** Headings at the left; a click goes there. Below, what there is to count. */
export function Outline({ editor, story }: OutlineProps) {
  const words = useView((s) => s.words);
  const { t, language } = useText();
  const now = useNow();
  const { headings, images, here } = useEditorState({ editor, selector: () => readOutline(editor) });
  return (
    <nav className="outline" aria-label={t('story.outline.label')}>
      <span className="lbl">{t('story.outline.label')}</span>
      <div className="scroll">
        <button
          type="button"
          className="cut entry"
          aria-current={here < 0 || undefined}
          onClick={() => goTo(editor, 1)}
        >
          {t('story.outline.start')}
        </button>
        {headings.map((h, i) => (
          <button
            type="button"
            key={`${String(i)} ${h.text}`}
            className={`cut entry sub l${String(h.level)}`}
            aria-current={i === here || undefined}
            onClick={() => goTo(editor, (headingPlaces(editor)[i] ?? 0) + 1)}
          >
            {h.text || '…'}
          </button>
        ))}
        {headings.length === 0 ? <p className="t3 s12 outline-empty">{t('story.outline.empty')}</p> : null}
      </div>
      <dl>
        <dt>{t('story.facts.words')}</dt>
        <dd>{formatNumber(words ?? story.words, language)}</dd>
        <dt>{t('story.facts.images')}</dt>
        <dd>{formatNumber(images, language)}</dd>
        <dt>{t('story.facts.created')}</dt>
        <dd>{formatWhen(story.createdAt, now, language)}</dd>
      </dl>
    </nav>
  );
}
