/** TTML, in. Writing is in `ttml-write.ts`. */
import type { CueStyle } from '../model/captions/index.ts';
import type { RawCue } from './finish.ts';
import { Emphasis, type Flag } from './markup.ts';
import type { RepairList } from './repairs.ts';
import { timeBaseOf, ttmlTimeUs, type TimeBase } from './ttml-time.ts';
import { xmlTokens } from './xml.ts';

/** What an element or a style says about the look. */
interface Look {
  flags: Partial<Record<Flag, boolean>>;
  /** 0 bottom, 1 middle, 2 top. */
  row?: number | undefined;
  /** 0 left, 1 centre, 2 right. */
  column?: number | undefined;
}

interface Frame {
  name: string;
  /** Absolute; null: no element around has said. */
  startUs: number | null;
  endUs: number | null;
  /** Children follow one another (timeContainer="seq"); where the next one begins. */
  seqUs: number | null;
  preserve: boolean;
  look: Look;
  agent: string | null;
}

interface Piece {
  text: string;
  frame: Frame;
}

const ROWS: Readonly<Record<string, number>> = { before: 2, center: 1, after: 0 };
const COLUMNS: Readonly<Record<string, number>> = { left: 0, start: 0, center: 1, right: 2, end: 2 };

function lookOf(attributes: ReadonlyMap<string, string>): Look {
  const flags: Look['flags'] = {};
  const slant = attributes.get('fontStyle');
  if (slant !== undefined) flags.italic = slant === 'italic' || slant === 'oblique';
  const weight = attributes.get('fontWeight');
  if (weight !== undefined) flags.bold = weight === 'bold';
  const line = attributes.get('textDecoration');
  if (line !== undefined) {
    flags.underline = /\bunderline\b/.test(line);
    flags.strike = /\blineThrough\b/.test(line);
  }
  return {
    flags,
    row: ROWS[attributes.get('displayAlign') ?? ''],
    column: COLUMNS[attributes.get('textAlign') ?? ''],
  };
}

/** `over` where it says something, else `under`. */
function merge(under: Look, over: Look): Look {
  return {
    flags: { ...under.flags, ...over.flags },
    row: over.row ?? under.row,
    column: over.column ?? under.column,
  };
}

const ROOT: Frame = {
  name: '',
  startUs: null,
  endUs: null,
  seqUs: null,
  preserve: false,
  look: { flags: {} },
  agent: null,
};
/** Real documents have five or six levels. */
const MAX_DEPTH = 200;
const HIDDEN = new Set(['head', 'metadata', 'set', 'animate']);

class Reader {
  readonly #repairs: RepairList;
  readonly #frames: Frame[] = [ROOT];
  readonly #styles = new Map<string, Look>();
  readonly #regions = new Map<string, Look>();
  readonly #agents = new Map<string, string>();
  readonly #cues: RawCue[] = [];
  #base: TimeBase = timeBaseOf(new Map());
  #pieces: Piece[] | null = null;
  #paragraph: { id: string | undefined } = { id: undefined };
  /** Open elements inside head or metadata. */
  #hidden = 0;
  #region: string | null = null;
  #agent: string | null = null;
  #inName = false;
  root: string | null = null;

  constructor(repairs: RepairList) {
    this.#repairs = repairs;
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (this.root === null) {
      this.root = name;
      if (name === 'tt') this.#base = timeBaseOf(attributes);
    }
    if (this.#hidden > 0 || HIDDEN.has(name)) {
      this.#hidden += 1;
      this.#openHidden(name, attributes);
      return;
    }
    const frame = this.#frameOf(name, attributes);
    // Closing tags look for their opening one; in a hostile file that would be a long way.
    if (this.#frames.length < MAX_DEPTH) this.#frames.push(frame);
    if (name === 'p') {
      this.#finishParagraph();
      this.#pieces = [];
      this.#paragraph = { id: attributes.get('id') };
    } else if (name === 'br') this.#pieces?.push({ text: '\n', frame: { ...frame, preserve: true } });
  }

  #openHidden(name: string, attributes: ReadonlyMap<string, string>): void {
    const id = attributes.get('id');
    if (name === 'region' && id !== undefined) {
      this.#region = id;
      this.#regions.set(id, this.#resolved(attributes));
    } else if (name === 'style' && this.#region !== null) {
      const under = this.#regions.get(this.#region) ?? { flags: {} };
      this.#regions.set(this.#region, merge(under, this.#resolved(attributes)));
    } else if (name === 'style' && id !== undefined) this.#styles.set(id, this.#resolved(attributes));
    else if (name === 'agent') this.#agent = id ?? null;
    else if (name === 'name') this.#inName = true;
  }

  /** The look of an element: its styles in order, then what stands on itself. */
  #resolved(attributes: ReadonlyMap<string, string>): Look {
    const names = (attributes.get('style') ?? '').split(/\s+/).slice(0, 20);
    const styles = names.map((name) => this.#styles.get(name) ?? { flags: {} });
    return [...styles, lookOf(attributes)].reduce<Look>(merge, { flags: {} });
  }

  #frameOf(name: string, attributes: ReadonlyMap<string, string>): Frame {
    const parent = this.#frames.at(-1) ?? ROOT;
    const begin = ttmlTimeUs(attributes.get('begin'), this.#base);
    const end = ttmlTimeUs(attributes.get('end'), this.#base);
    const dur = ttmlTimeUs(attributes.get('dur'), this.#base);
    const origin = parent.seqUs ?? parent.startUs ?? 0;
    const said = begin !== null || end !== null || dur !== null || parent.seqUs !== null;
    const startUs = said ? origin + (begin ?? 0) : parent.startUs;
    const ends = [
      end === null ? null : origin + end,
      dur === null || startUs === null ? null : startUs + dur,
      parent.endUs,
    ].filter((us): us is number => us !== null);
    const region = this.#regions.get(attributes.get('region') ?? '') ?? { flags: {} };
    const space = attributes.get('space');
    const agent = attributes.get('agent')?.split(/\s+/)[0];
    return {
      name,
      startUs,
      endUs: ends.length === 0 ? null : Math.min(...ends),
      seqUs: attributes.get('timeContainer') === 'seq' ? (startUs ?? 0) : null,
      preserve: space === undefined ? parent.preserve : space === 'preserve',
      look: merge(merge(parent.look, region), this.#resolved(attributes)),
      agent: agent ?? parent.agent,
    };
  }

  close(name: string): void {
    if (this.#hidden > 0) {
      this.#hidden = name === 'head' ? 0 : this.#hidden - 1;
      if (name === 'region') this.#region = null;
      if (name === 'agent') this.#agent = null;
      if (name === 'name') this.#inName = false;
      return;
    }
    // A closing tag without its opening one is passed over; one that closes others closes them all.
    const at = this.#frames.findLastIndex((frame) => frame.name === name);
    if (at <= 0) return;
    const closed = this.#frames[at];
    this.#frames.length = at;
    const parent = this.#frames.at(-1);
    if (parent && closed && parent.seqUs !== null) parent.seqUs = closed.endUs ?? closed.startUs ?? parent.seqUs;
    if (name === 'p') this.#finishParagraph();
  }

  text(text: string, unknownEntities: number): void {
    if (this.#hidden > 0) {
      if (this.#inName && this.#agent !== null)
        this.#agents.set(this.#agent, (this.#agents.get(this.#agent) ?? '') + text);
      return;
    }
    if (!this.#pieces) return;
    this.#repairs.add('unknown_entity', unknownEntities);
    this.#pieces.push({ text, frame: this.#frames.at(-1) ?? ROOT });
  }

  /** A paragraph is a cue; where its spans have times of their own each run of equal times is one. */
  #finishParagraph(): void {
    const pieces = this.#pieces;
    this.#pieces = null;
    if (!pieces) return;
    let run: Piece[] = [];
    let first: Frame | null = null;
    const same = (a: Frame, b: Frame): boolean => a.startUs === b.startUs && a.endUs === b.endUs;
    for (const piece of pieces) {
      if (piece.text.trim() !== '') {
        if (first && !same(first, piece.frame)) {
          this.#cue(run);
          run = [];
        }
        first = piece.frame;
      }
      run.push(piece);
    }
    this.#cue(run);
  }

  #cue(pieces: readonly Piece[]): void {
    const frame = pieces.find(({ text }) => text.trim() !== '')?.frame;
    if (!frame) {
      this.#repairs.add('empty_cue_dropped');
      return;
    }
    if (frame.startUs === null) {
      this.#repairs.add('cue_without_times');
      return;
    }
    const emphasis = new Emphasis();
    let text = '';
    let afterSpace = false;
    for (const piece of pieces) {
      emphasis.note(piece.text, (flag) => piece.frame.look.flags[flag] === true);
      const part = piece.frame.preserve ? piece.text : piece.text.replace(/[ \t\n]+/g, ' ');
      text += afterSpace && part.startsWith(' ') && !piece.frame.preserve ? part.slice(1) : part;
      afterSpace = part === '' ? afterSpace : /[ \n]$/.test(part);
    }
    const { style, partly } = emphasis.result();
    if (partly) this.#repairs.add('inline_style_dropped');
    const speaker = frame.agent === null ? undefined : (this.#agents.get(frame.agent) ?? frame.agent);
    this.#cues.push({
      id: this.#paragraph.id,
      startUs: frame.startUs,
      endUs: frame.endUs,
      text,
      style: this.#placed(style, frame.look),
      speaker,
    });
    // A name is given to one cue only.
    this.#paragraph = { id: undefined };
  }

  #placed(style: CueStyle, look: Look): CueStyle {
    const align = (look.row ?? 0) * 3 + (look.column ?? 1) + 1;
    return align === 2 ? style : { ...style, align };
  }

  finish(): RawCue[] | null {
    this.#finishParagraph();
    return this.root === 'tt' ? this.#cues : null;
  }
}

/** Cues of a TTML document's text, `\n` line ends; null when its root is not `tt`. */
export function readTtml(source: string, repairs: RepairList): RawCue[] | null {
  const reader = new Reader(repairs);
  for (const token of xmlTokens(source)) {
    if (token.type === 'text') reader.text(token.text, token.unknownEntities);
    else if (token.type === 'close') reader.close(token.name);
    else {
      reader.open(token.name, token.attributes);
      if (token.empty) reader.close(token.name);
    }
    if (reader.root !== null && reader.root !== 'tt') return null;
  }
  return reader.finish();
}
