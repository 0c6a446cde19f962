import { EditorContent, useEditor, type Editor, type JSONContent } from '@tiptap/react';
import { Suspense, lazy, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { ArticleDoc } from '../../../../core/model/article/index.ts';
import { coverOfArticle } from '../../../../core/model/article/text.ts';
import type { Anchor, ReviewPiece } from '../../../../core/model/contract/review.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { articleExtensions } from '../story/editor/extensions.ts';
import { anchorFrom, rangeOf } from './anchors.ts';
import { CommentMarks, showMarks, type CommentMark } from './comment-marks.ts';
import { spread, type PlacedThread } from './threads.ts';

/** With the measures of the covers' font: read where there is a cover. */
const CoverSheet = lazy(async () => ({ default: (await import('../story/cover/CoverSheet.tsx')).CoverSheet }));

/** Least distance of two pins, pixels: a little more than their height. */
const PIN_GAP = 26;
/** The mark of the words a comment is being written on. */
const DRAFT = 'draft';

interface Bubble {
  anchor: Anchor;
  /** From the top of the stage, pixels. */
  top: number;
  left: number;
}

/** What is selected in the text, in the words of the contract; null when nothing is, or when it lies elsewhere. */
function selectedAnchor(editor: Editor, piece: ReviewPiece): { anchor: Anchor; rect: DOMRect } | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const { dom } = editor.view;
  if (!anchorNode || !focusNode || !dom.contains(anchorNode) || !dom.contains(focusNode)) return null;
  try {
    const ends = [editor.view.posAtDOM(anchorNode, anchorOffset), editor.view.posAtDOM(focusNode, focusOffset)];
    const anchor = anchorFrom(piece.doc as ArticleDoc, Math.min(...ends), Math.max(...ends), piece.versionHash);
    return anchor && { anchor, rect: selection.getRangeAt(0).getBoundingClientRect() };
  } catch {
    // A place the editor does not know, such as inside a picture's frame.
    return null;
  }
}

/** Follows the selection while it is in the text. */
function useBubble(editor: Editor, piece: ReviewPiece, stage: RefObject<HTMLDivElement | null>) {
  const [bubble, setBubble] = useState<Bubble | null>(null);
  useEffect(() => {
    let frame = 0;
    const look = () => {
      const box = stage.current?.getBoundingClientRect();
      const found = editor.isDestroyed ? null : selectedAnchor(editor, piece);
      if (!found || !box) setBubble(null);
      else {
        const { anchor, rect } = found;
        setBubble({ anchor, top: rect.top - box.top, left: rect.left + rect.width / 2 - box.left });
      }
    };
    const soon = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(look);
    };
    document.addEventListener('selectionchange', soon);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('selectionchange', soon);
    };
  }, [editor, piece, stage]);
  return [bubble, setBubble] as const;
}

interface PinPlace {
  n: number;
  id: string;
  top: number;
}

/** Where the pins of the threads stand, from the top of `box`; those scrolled out of `view` are left out. */
function pinPlaces(editor: Editor, placed: PlacedThread[], view: DOMRect, box: DOMRect): PinPlace[] {
  const seen = placed.flatMap(({ n, from, comment }) => {
    const { top, bottom } = editor.view.coordsAtPos(from);
    const middle = (top + bottom) / 2;
    if (middle < view.top + 8 || middle > view.bottom - 8) return [];
    return [{ n, id: comment.commentId, top: middle - box.top }];
  });
  const tops = spread(
    seen.map((pin) => pin.top),
    PIN_GAP,
  );
  return seen.map((pin, i) => ({ ...pin, top: tops[i] ?? pin.top }));
}

/** The pins beside the phone, kept in step with scrolling and with pictures that come in late. */
function usePins(
  editor: Editor,
  placed: PlacedThread[],
  screen: RefObject<HTMLDivElement | null>,
  stage: RefObject<HTMLDivElement | null>,
) {
  const [pins, setPins] = useState<PinPlace[]>([]);
  useLayoutEffect(() => {
    const [view, box] = [screen.current, stage.current];
    if (!view || !box) return;
    const measure = () => {
      if (editor.isDestroyed) return;
      setPins(pinPlaces(editor, placed, view.getBoundingClientRect(), box.getBoundingClientRect()));
    };
    let frame = requestAnimationFrame(measure);
    const soon = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(measure);
    };
    const sizes = new ResizeObserver(soon);
    sizes.observe(editor.view.dom);
    // What stands over the text moves it too.
    if (view.firstElementChild) sizes.observe(view.firstElementChild);
    sizes.observe(view);
    view.addEventListener('scroll', soon, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      view.removeEventListener('scroll', soon);
    };
  }, [editor, placed, screen, stage]);
  return pins;
}

interface PhoneArticleProps {
  piece: ReviewPiece;
  placed: PlacedThread[];
  active: string | null;
  onActive: (commentId: string) => void;
  /** The words a comment is being written on. */
  draft: Anchor | null;
  /** Absent: the person may not comment. */
  onComment?: (anchor: Anchor) => void;
}

/** The frozen article at the width of a phone, with the places that are commented on. */
export function PhoneArticle({ piece, placed, active, onActive, draft, onComment }: PhoneArticleProps) {
  const { t } = useText();
  const stage = useRef<HTMLDivElement>(null);
  const screen = useRef<HTMLDivElement>(null);
  const editor = useEditor({
    extensions: [...articleExtensions(), CommentMarks],
    content: piece.doc as JSONContent,
    editable: false,
    editorProps: { attributes: { class: 'article', 'aria-label': t('story.bodyLabel') } },
  });
  const [bubble, setBubble] = useBubble(editor, piece, stage);
  const pins = usePins(editor, placed, screen, stage);
  // Its words and crops are signed like the rest, so they are read like the rest.
  const cover = useMemo(() => coverOfArticle(piece.doc as ArticleDoc), [piece.doc]);

  useEffect(() => {
    const marks: CommentMark[] = placed.map(({ comment, from, to }) => ({
      id: comment.commentId,
      from,
      to,
      active: comment.commentId === active,
      resolved: comment.resolvedAt !== null,
    }));
    const range = draft?.kind === 'text' ? rangeOf(piece.doc as ArticleDoc, draft) : null;
    if (range) marks.push({ id: DRAFT, ...range, active: true, resolved: false });
    showMarks(editor, marks);
  }, [editor, placed, active, draft, piece.doc]);

  useEffect(() => {
    if (active === null) return;
    const mark = editor.view.dom.querySelector(`[data-comment="${CSS.escape(active)}"]`);
    mark?.scrollIntoView({ block: 'nearest' });
  }, [editor, active]);

  return (
    <div className="phone-stage" ref={stage}>
      <div className="phone">
        <div className="scr white-paper" ref={screen} tabIndex={0} role="region" aria-label={t('review.piece.phone')}>
          <div className="wx">
            <h2>{piece.title || t('stories.untitled')}</h2>
            {cover ? (
              <Suspense fallback={null}>
                <CoverSheet cover={cover} />
              </Suspense>
            ) : null}
            <EditorContent editor={editor} />
          </div>
        </div>
      </div>
      {pins.map((pin) => (
        <button
          key={pin.id}
          type="button"
          className="pinn"
          style={{ top: pin.top }}
          aria-pressed={pin.id === active}
          aria-label={t('review.comments.pin', { n: pin.n })}
          onClick={() => onActive(pin.id)}
        >
          {pin.n}
        </button>
      ))}
      {bubble && onComment ? (
        <div className="bubble" style={{ top: bubble.top, left: bubble.left }} data-overlay>
          <Btn
            size="sm"
            icon="note"
            // The selection must live until it has been read.
            onMouseDown={(e) => e.preventDefault()}
            onClick={() => {
              onComment(bubble.anchor);
              document.getSelection()?.removeAllRanges();
              setBubble(null);
            }}
          >
            {t('review.comments.add')}
          </Btn>
        </div>
      ) : null}
    </div>
  );
}
