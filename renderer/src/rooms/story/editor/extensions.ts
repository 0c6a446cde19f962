import { Node, type Extensions } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import { ARTICLE_NODES, MAX_HEADING_LEVEL } from '../../../../../core/model/article/describe.ts';
import { BlockMoves } from './blocks/block-moves.ts';
import { Placeholders } from './blocks/placeholders.ts';
import { CardKeys } from './cards/card-keys.ts';
import { cardNodes } from './cards/card-nodes.ts';
import { leafNodes } from './cards/leaf-nodes.ts';
import { paletteMarks } from './cards/palette-marks.ts';
import { CursorFirst } from './cursor-first.ts';
import { EndKeys } from './end-keys.ts';
import { Find } from './find/find-plugin.ts';
import { ImportMarkers } from './import-markers.ts';
import { ArticleImage } from './picture/image-node.ts';
import { OrderedList } from './list-nodes.ts';
import { ArticleLink, Subscript, Superscript, TextAlign } from './marks.ts';
import { SlashMenu, type SlashOptions } from './slash/slash-menu.ts';
import { StudioKeys } from './studio-keys.ts';
import { tableExtensions } from './table-nodes.ts';

const levels = Array.from({ length: MAX_HEADING_LEVEL }, (_, i) => i + 1) as (1 | 2 | 3)[];

/** The document also holds cards, a theme and a cover, which TipTap's own does not know. */
const ArticleDocument = Node.create({
  name: 'doc',
  topNode: true,
  content: ARTICLE_NODES.doc.content,
  addAttributes: () => ({ theme: { default: null, rendered: false }, cover: { default: null, rendered: false } }),
});

/** Nodes and marks of an article, the same as the core's schema (see extensions.test.ts). */
export function articleExtensions(): Extensions {
  return [
    StarterKit.configure({
      document: false,
      heading: { levels },
      orderedList: false,
      link: false,
      code: false,
      codeBlock: false,
      // It would add a paragraph to every opened story and so "change" it.
      trailingNode: false,
      dropcursor: { color: 'var(--accent)', width: 2 },
      undoRedo: { newGroupDelay: 600, depth: 500 },
    }),
    ArticleDocument,
    OrderedList,
    ArticleLink,
    Subscript,
    Superscript,
    TextAlign,
    ArticleImage,
    ...tableExtensions,
    ...cardNodes,
    ...leafNodes,
    ...paletteMarks,
  ];
}

interface EditingOptions {
  /** Grey words of an empty article. */
  placeholder: () => string;
  slash: SlashOptions;
}

/** What the editor has beside the schema: placeholders, the marks of pictures on their way in, menus, search, keys. */
export function editingExtensions({ placeholder, slash }: EditingOptions): Extensions {
  return [
    Placeholders.configure({ body: placeholder }),
    ImportMarkers,
    StudioKeys,
    CursorFirst,
    EndKeys,
    CardKeys,
    BlockMoves,
    Find,
    SlashMenu.configure(slash),
  ];
}
