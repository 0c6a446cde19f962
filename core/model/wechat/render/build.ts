/** What every construction is given: the theme, its colours, the pictures, and ways to write what lies inside. */
import { isLine } from '../../article/describe.ts';
import { AI_LABEL } from '../../article/labels.ts';
import type { ArticleNodeJson } from '../../article/types.ts';
import type { Palette, PaletteName, Piece, WechatTheme } from '../theme/shape.ts';
import { escapeHtml } from '../../text-form.ts';
import { Notes, inlineHtml } from './inline.ts';
import type { WechatCode, WechatPicture, WechatVideo } from './types.ts';

export interface BuildOptions {
  images: ReadonlyMap<string, WechatPicture>;
  videos?: ReadonlyMap<string, WechatVideo>;
  codes?: ReadonlyMap<string, WechatCode>;
  theme: WechatTheme;
}

/** Declarations joined; what is false or empty is left out. */
export function st(...parts: (string | false | undefined)[]): string {
  return parts.filter((part) => part !== false && part !== undefined && part !== '').join(';');
}

export function el(tag: string, style: string, inner: string): string {
  return `<${tag} style="${style}">${inner}</${tag}>`;
}

/** Text of an attribute; '' when it is not there. */
export function attrText(node: ArticleNodeJson, name: string): string {
  const value = node.attrs?.[name];
  return typeof value === 'string' ? value : '';
}

export const isEmptyLine = (node: ArticleNodeJson): boolean =>
  isLine(node.type) && (node.content ?? []).every((child) => child.type === 'text' && (child.text ?? '').trim() === '');

export class Build {
  readonly theme: WechatTheme;
  readonly palette: Palette;
  readonly notes = new Notes();
  readonly lost: { what: 'image' | 'code'; where: string }[] = [];
  readonly options: BuildOptions;
  /** Numbers of the headings so far, by level. */
  readonly numbers: [number, number, number] = [0, 0, 0];
  /** Colour of running text where the renderer stands now, and free space below a paragraph, px. */
  ink: string;
  gap: number;
  /** On a surface of the accent colour the palette's text colours cannot be read. */
  inverse = false;
  #block: (node: ArticleNodeJson) => string;

  constructor(options: BuildOptions, block: (build: Build, node: ArticleNodeJson) => string) {
    this.options = options;
    this.theme = options.theme;
    this.palette = options.theme.palette;
    this.ink = this.palette.ink;
    this.gap = this.theme.text.gap;
    this.#block = (node) => block(this, node);
  }

  /** The colour a construction is built in. */
  main(piece: { color?: PaletteName | undefined }): string {
    return this.palette[piece.color ?? 'accent'];
  }

  /** The theme's own declarations for a construction. */
  css(piece: Piece): string {
    return (piece.css ?? '').replace(/\$(\w+)/g, (all, name: string) => {
      const found = (this.palette as Record<string, unknown>)[name];
      return typeof found === 'string' ? found : all;
    });
  }

  block(node: ArticleNodeJson): string {
    return this.#block(node);
  }

  blocks(nodes: readonly ArticleNodeJson[]): string {
    return nodes.map((node) => this.#block(node)).join('');
  }

  /** Runs with another colour of the text, and closer paragraphs. */
  within<T>(surface: { ink?: string; gap?: number; inverse?: boolean }, make: () => T): T {
    const before = [this.ink, this.gap, this.inverse] as const;
    this.ink = surface.ink ?? this.ink;
    this.gap = surface.gap ?? this.gap;
    this.inverse = surface.inverse ?? this.inverse;
    try {
      return make();
    } finally {
      [this.ink, this.gap, this.inverse] = before;
    }
  }

  inline(node: ArticleNodeJson): string {
    return inlineHtml(node.content ?? [], this);
  }

  /** A line in a style of its own; '' when it says nothing. */
  line(tag: string, style: string, node: ArticleNodeJson | undefined): string {
    return node === undefined || isEmptyLine(node) ? '' : el(tag, style, this.inline(node));
  }

  aiLabel(): string {
    const piece = this.theme.ai;
    const color = this.palette[piece.color ?? 'muted'];
    const small = `white-space:nowrap;font-size:${String(piece.size ?? 12)}px`;
    // On the accent's surface only the surrounding colour can be read.
    if (this.inverse) return el('span', small, `〔${AI_LABEL}〕`);
    switch (piece.as) {
      case 'tag':
        return el(
          'span',
          st(small, `padding:0 4px;border:1px solid ${this.palette.line};color:${color}`, this.css(piece)),
          AI_LABEL,
        );
      case 'badge':
        return el(
          'span',
          st(small, `padding:1px 6px;background-color:${this.palette.line};color:${this.palette.ink}`, this.css(piece)),
          AI_LABEL,
        );
      case 'bracket':
        return el('span', st(small, `color:${color}`, this.css(piece)), `〔${AI_LABEL}〕`);
    }
  }

  picture(node: ArticleNodeJson): WechatPicture | undefined {
    const id = attrText(node, 'assetId');
    return id === '' ? undefined : this.options.images.get(id);
  }

  img(picture: Pick<WechatPicture, 'src'>, alt: string, style: string): string {
    return `<img src="${escapeHtml(picture.src)}" alt="${escapeHtml(alt)}" style="${style}">`;
  }
}
