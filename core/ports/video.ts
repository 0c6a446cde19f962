/** What the core asks of the machine for films: rendering by plan. Types only. */
import type { CopyReason, CopyReport, CoverFrom, RenderResult, StillResult } from '../model/contract/index.ts';
import type { CoverShape, FilmFacts, PlatformBook } from '../model/platforms/index.ts';
import type { Encoder, HardwareEncoder, MadeBy } from '../model/machine.ts';
import type {
  CanvasSize,
  CaptionProblem,
  CoverOf,
  Rational,
  SafeArea,
  SoundTrack,
  Timeline,
} from '../model/timeline/index.ts';

/** One order for films of a timeline. */
export interface RenderOrder {
  timeline: Timeline;
  /** Names of targets, each once. */
  targets: readonly string[];
  /** What they are; left out: the program's own. */
  platforms?: PlatformBook;
  /** Folder for the finished files, which exists. */
  outDir: string;
  /** Path of a target's film in `outDir`, with `/`; its folders are made. Left out: `<target>.mp4`. */
  nameOf?(target: string, canvas: CanvasSize): string;
  /** Marks every frame as a draft that nobody approved. */
  draft?: boolean;
  /**
   * Declares that something in it is made by an AI: the opening and the file say so. What a source's own label says
   * is carried whatever stands here.
   */
  aiMade?: boolean;
  /** The covers that are made with it; default none. */
  covers?: readonly CoverShape[];
  /** Absolute path of a source by its SHA-256. Error: source_vanished. */
  source(sha256: string): Promise<string>;
  signal?: AbortSignal;
  /** Fractions that only grow, up to 1. */
  onProgress?(fraction: number): void;
  /** Asked between segments: what is encoded next waits until it settles. */
  pause?(): Promise<void>;
}

/** One order for the covers of a timeline. */
export interface CoverOrder extends Omit<RenderOrder, 'targets' | 'outDir' | 'nameOf' | 'covers'> {
  covers: readonly CoverShape[];
  /**
   * Longest side in pixels, for a preview: the same made smaller, what is wrong with its words told and not refused. Left out: in
   * the size of its shape.
   */
  longSide?: number;
}

export interface MadeCover extends CanvasSize {
  shape: string;
  /** Framed for one platform by itself; left out: as its shape is framed. */
  alone?: true;
  jpeg: Uint8Array;
  problems: CaptionProblem[];
  /** Its title does not fit at a size that can be read. */
  tooLong: boolean;
  /** Where its title lies, pixels; null: there is none. */
  title: { x: number; y: number; width: number; height: number } | null;
  /** Size of the picture that fills it or lies on it, upright and as cut. */
  source: CanvasSize;
}

export interface MadeCovers {
  covers: MadeCover[];
  from: CoverFrom;
}

/** What was made, with what was measured on each target's finished file. */
export interface MadeFilms extends RenderResult {
  /** Null: none were ordered. */
  covers: MadeCovers | null;
  facts: ReadonlyMap<string, FilmFacts>;
  /** Declared, or said by a source's own label. */
  aiMade: boolean;
  /** Left out: software, as nobody asked for anything else. */
  madeBy?: MadeBy;
}

/** Where a source's picture can be taken over as it is coded, without encoding. */
export interface CodedPicture {
  codec: 'h264' | 'hevc';
  /** Why nothing of it can be copied; null: it can. */
  refused: CopyReason | null;
  /** Hash of its parameter sets: pictures of the same can stand in one film. */
  sets: string;
  /** Frames a second: one of those that cameras and broadcasters use (24, 25, 30, 50, 60, and 1000/1001 of them). */
  rate: Rational;
  /** Number for parameter sets of our own: none that the source has. */
  freeId: number;
  /**
   * Frames of the source (`rate` a second, the first one presented is 0), ascending, in the stretches that the timeline shows. Decoding can
   * begin at an entry (IDR, nothing shown before it is coded behind it; the one before a stretch is there too); all that is shown before an
   * exit is coded before it.
   */
  entries: readonly number[];
  exits: readonly number[];
  /** Frames from one entry to the next, on average. */
  group: number;
}

/** What a plan must know of a source's picture. */
export interface SourcePicture {
  /** Stream in the file. */
  index: number;
  /** As displayed: upright, square pixels. */
  width: number;
  height: number;
  interlaced: boolean;
  hdr: boolean;
  /** Matrix for `scale`'s `in_color_matrix`: `auto` where the file names one. */
  matrix: string;
  /** First presented frame on the container's time line, microseconds. */
  startUs: number;
  /** Whether a seek finds the key frame before a time (MP4, Matroska); elsewhere more is read before it. */
  exactSeek: boolean;
  /**
   * False: what is read from the middle on is broken (parameter sets that stand only at the beginning; looked at for long takes only), or
   * nothing can be (no key frame is marked).
   */
  seeks?: boolean;
  /** Times of all frames from the first, microseconds; null where the rate is even and names them. */
  times: readonly number[] | null;
  /** Looked at only where a target may copy pictures. */
  coded?: CodedPicture;
}

/** A source as its file is. */
export interface FilmSource {
  sha256: string;
  /** `audio`: its `picture` only says when the sound begins; `lut`: a colour table, whose `picture` says nothing. */
  kind: 'video' | 'image' | 'audio' | 'lut';
  picture: SourcePicture;
  /** Stream of the first sound track; null: silent. */
  sound: number | null;
}

/** The ffmpeg that renders, as far as plan and results depend on it. */
export interface FilmTool {
  version: string;
  canTonemap: boolean;
  /** Colours of captions and titles are drawn by BT.601, whatever the picture is. */
  drawsByBt601?: boolean;
  hasFpsMode: boolean;
  /** An encoder for HEVC is there. */
  hasHevc?: boolean;
  /** What makes the picture; left out: software. */
  encoder?: Encoder | undefined;
}

/** A file beside a segment's first: the clip that comes in, what lies over. */
export interface PlanOver {
  /** Of the clip or overlay. */
  itemId: string;
  sha256: string;
  /** What a still picture leaves open stays open. */
  alpha: boolean;
  /** `-ss` on the container's time line, microseconds; null: from the beginning. */
  seekUs: number | null;
}

/** One clip's picture for one group: a whole number of output frames. */
export interface PlanSegment {
  clipId: string;
  sha256: string;
  /** First frame in the film, and how many. */
  from: number;
  frames: number;
  /** `-ss` on the container's time line, microseconds; null: from the beginning. */
  seekUs: number | null;
  /** Inputs 1 and so on: of a transition the clip that comes in, then what lies over. */
  over: PlanOver[];
  /** Filter graph from the inputs to `[v]`. `@ass@`, `@mask0@` and so on, and `@fonts@` stand for escaped paths, `@lut:<sha256>:<percent>@` for a filter. */
  graph: string;
  /** Script of the captions on these frames; null: none. */
  ass: string | null;
  /** Scripts of all masks. */
  masks: string[];
  /**
   * Of a segment beside copied ones: frames of its source (`CodedPicture`) that are shown one by one. Others need not be decoded. Left out: that
   * is not known.
   */
  shows?: { sourceFrame: number; frames: number };
  /** Left out: it is encoded. Frames of the source from `sourceFrame` on are taken as they are coded; there is no graph then. */
  copy?: { sourceFrame: number };
  /** SHA-256 over everything the encoded bytes depend on; names the result in the cache. */
  hash: string;
}

/** Targets with the same canvas, captions and rate cap: rendered once. */
export interface PlanGroup {
  /** The first is rendered, the others get copies. */
  targets: string[];
  width: number;
  height: number;
  /** Options of the picture's encoder. */
  encoder: string[];
  segments: PlanSegment[];
  /** Of a group that is to be as its source: what is copied, and why no more. */
  copying?: CopyReport;
}

/** One clip's sound: exactly `samples` stereo samples at 48 kHz. */
export interface PlanSound {
  clipId: string;
  sha256: string;
  samples: number;
  /** Null: silence. */
  take: { stream: number; seekUs: number | null; filter: string } | null;
}

/** A piece of music, voice or an effect, as an input of the mix. */
export interface PlanLayer {
  soundId: string;
  track: SoundTrack;
  sha256: string;
  stream: number;
  /** `-ss` on the container's time line, microseconds; null: from the beginning. */
  seekUs: number | null;
  /** From its stream to stereo samples at 48 kHz, silence before its place included. */
  filter: string;
  duckDb: number;
}

/** How the layers come to the storyline's sound. */
export interface PlanMix {
  layers: PlanLayer[];
  /** Filter graph from input 0 (the storyline's sound) and inputs 1 and so on (the layers) to `[a]`. */
  graph: string;
}

/** A cover that goes with the films. */
export interface PlanCover extends CanvasSize {
  shape: string;
  /** Targets of the order that get it. */
  targets: string[];
  /** Framed for its one platform by itself; left out: as its shape is framed. */
  alone?: true;
  /** `firstThatShows`: nobody chose; the first of these moments whose frame is not black, white or plain is taken. */
  shows: { atUs: number } | { assetId: string } | { firstThatShows: number[] };
}

/** What a render will do, as plain data. Frames are those of `frameRate`: thirtieths of a second, but for films that keep their source's. */
export interface RenderPlan {
  version: 1;
  frameRate: string;
  frames: number;
  samples: number;
  groups: PlanGroup[];
  sound: PlanSound[];
  /** Null: the storyline's sound is all there is. */
  mix: PlanMix | null;
  /** One a shape and one a platform that is framed by itself, whatever is written on it; made from the frame's own plan. */
  covers: PlanCover[];
  /** Of targets that keep another frame rate, their source's: with frames and sound of their own, and no covers. */
  further?: RenderPlan[];
}

/** What a plan is made from. */
export interface PlanInput {
  timeline: Timeline;
  targets: readonly string[];
  sources: ReadonlyMap<string, FilmSource>;
  tool: FilmTool;
  /** What the targets are; left out: the program's own. */
  platforms?: PlatformBook | undefined;
  draft?: boolean | undefined;
  /** The opening says that something is made by an AI. */
  aiMade?: boolean | undefined;
  /** Pictures may be copied for targets that are to be as their source. Default false. */
  copies?: boolean | undefined;
}

/** Errors: bad_timeline, bad_input, missing_glyphs, caption_too_wide, source_vanished. */
export type MakePlan = (input: PlanInput) => RenderPlan;
/** The plan of one frame; see core/video/plan. */
export type MakeStillPlan = (input: Omit<PlanInput, 'targets'> & { target: string; atUs: number }) => {
  group: PlanGroup;
  frame: number;
};

/** The plan of one cover; see core/video/plan. */
export type MakeCoverPlan = (
  input: Omit<PlanInput, 'targets'> &
    CanvasSize &
    CoverOf & { from: { atUs: number } | { assetId: string }; safe: SafeArea; strict?: boolean },
) => {
  /** One frame. */
  segment: PlanSegment;
  frame: number;
} & Pick<MadeCover, 'problems' | 'tooLong' | 'title' | 'source'>;

/**
 * Renders orders; see core/video. Errors: bad_timeline, bad_input, missing_glyphs, caption_too_wide, source_vanished,
 * unreadable_media, missing_tool, cancelled, disk_too_small, disk_full, not_writable, tool_killed, tool_failed.
 */
export interface FilmMaker {
  /** Existing files of the targets' names in `outDir` are replaced, each when its successor is whole. */
  render(order: RenderOrder): Promise<MadeFilms>;
  /** One frame of the film at `atUs` as `<target>-<frame>.png`. */
  still(order: Omit<RenderOrder, 'targets' | 'nameOf'> & { target: string; atUs: number }): Promise<StillResult>;
  /** Covers in memory: the film's own picture, and a frame that shows something where nobody chose one. */
  covers(order: CoverOrder): Promise<MadeCovers>;
  /** Every encoder of a graphics chip, tried now with one frame. `why`: null where it works. Error: missing_tool. */
  encoders(): Promise<{ encoder: HardwareEncoder; works: boolean; why: string | null }[]>;
  /** What `render` would do; nothing is written. */
  plan(order: Omit<RenderOrder, 'outDir' | 'nameOf' | 'onProgress'>): Promise<RenderPlan>;
}
