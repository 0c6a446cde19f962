/** Ports: what the core asks of the world. Types only; adapters live in `core/platform`. */
import type { Readable } from 'node:stream';
import type { Kysely } from 'kysely';
import type { MediaFacts, RecentWorkspace, Tool } from '../model/contract/index.ts';
import type { MachinePrefs } from '../model/machine.ts';
import type { Cover, CoverProblem, CoverRatio, CropBox, Size } from '../model/cover/index.ts';
import type { DocumentMaker } from './documents.ts';
import type { KeyVault } from './keys.ts';
import type { Database } from './schema.ts';
import type { TakeStore } from './takes.ts';
import type { FilmMaker } from './video.ts';

export type * from './keys.ts';
export type * from './schema.ts';
export type * from './video.ts';
export type * from './documents.ts';
export type * from './takes.ts';

/** This computer. */
export interface Machine {
  /** What was chosen for it. */
  prefs(): Promise<MachinePrefs>;
  /** Errors: not_writable, disk_full. */
  setPrefs(patch: Partial<MachinePrefs>): Promise<MachinePrefs>;
  /** Whether it runs on its battery; null where nothing says so. */
  onBattery(): Promise<boolean | null>;
}

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
  /** Writes out what is buffered and closes the files. */
  close(): Promise<void>;
}

export interface DatabaseHandle {
  dialect: 'sqlite' | 'postgres';
  kysely: Kysely<Database>;
  /** Engine name and version, e.g. "SQLite 3.51.0". */
  version: string;
  /** Engine's own integrity check; messages, empty when sound. */
  integrity(): Promise<string[]>;
  close(): Promise<void>;
}

/** A file copied into the store's own folder but not yet under its final name. */
export interface StagedBlob {
  path: string;
  sha256: string;
  bytes: number;
}

/** `altered`: something is there under the name, but it is not what was put in. */
export type BlobState = 'there' | 'missing' | 'altered';

export interface BlobStore {
  /** Copies a file in, hashing on the way. Errors: file_missing, file_unreadable, source_vanished, disk_full, cancelled. */
  stageFile(
    path: string,
    options?: { signal?: AbortSignal; onProgress?: (bytes: number, total: number) => void },
  ): Promise<StagedBlob>;
  stageBytes(bytes: Uint8Array): Promise<StagedBlob>;
  /** fsync, then atomic rename to the final name, then fsync of the folder. Returns whether it was new. */
  commit(staged: StagedBlob): Promise<{ existed: boolean }>;
  discard(staged: StagedBlob): Promise<void>;
  has(sha256: string): Promise<boolean>;
  /** How a blob stands by a look at it: its size, and what {@link verify} found in the same file. `bytes`: its size as it came in. */
  state(sha256: string, bytes: number): Promise<BlobState>;
  /** The same by its hash. The file is read once; as long as it is not touched again the answer is remembered. */
  verify(sha256: string): Promise<BlobState>;
  /** Absolute path of a committed blob (it may not exist: ask `has`). */
  pathOf(sha256: string): string;
  read(sha256: string, range?: { start: number; end: number }): Readable;
  /** Every blob with its size; for `check`. */
  list(): AsyncIterable<{ sha256: string; bytes: number }>;
  /** Hash of the bytes as they stand now. */
  rehash(sha256: string): Promise<string>;
  /** Removes half-made files that a dead process left. Returns their number. */
  sweep(): Promise<number>;
}

export type DerivedVariant = 'poster' | 'proxy' | 'peaks' | 'strip' | 'scenes';

/** Derived files (posters, proxies, peaks, filmstrips): kept under `cache/`, may be deleted at any time. */
export interface DerivedStore {
  /** Absolute path if the derived file exists. */
  find(sha256: string, variant: DerivedVariant): Promise<{ path: string; mime: string } | null>;
  /** Which derived files exist, with their extensions: one look for all of them. */
  variants(sha256: string): Promise<Map<DerivedVariant, string>>;
  /** Runs `make` on a temporary path, then renames it under its final name. Nothing stands there on failure. */
  make(
    sha256: string,
    variant: DerivedVariant,
    extension: string,
    make: (tmpPath: string) => Promise<void>,
  ): Promise<string>;
  sweep(): Promise<number>;
}

/** A small copy of a film, and where on it the film begins, microseconds. */
export interface Proxy {
  path: string;
  leadUs: number;
}

export interface MediaEngine {
  /** ffmpeg and ffprobe as found now. */
  tools(): Promise<Tool[]>;
  /**
   * Says what a file is. `name` is what the person called it (for sentences); `path` may have no extension.
   * Errors: empty_file, unreadable_media, media_truncated (unless `salvage`), missing_tool, cancelled.
   */
  probe(
    path: string,
    options: { name: string; salvage?: boolean; signal?: AbortSignal },
  ): Promise<MediaFacts & { mime: string }>;
  /**
   * Presentation times of all frames of the film's shown stream: whole microseconds from the first presented frame (0),
   * ascending, edit lists applied. Reads packets, decodes only where a packet is not a frame.
   * Errors: unreadable_media, missing_tool, cancelled, tool_failed.
   */
  frameTimes(path: string, signal?: AbortSignal): Promise<number[]>;
  /** Subtitles inside the file, in its order. Errors: unreadable_media, missing_tool, cancelled, tool_failed. */
  textTracks(path: string, signal?: AbortSignal): Promise<TextTrack[]>;
  /** One of them as a caption file. Errors: as `textTracks`; unknown_id, text_track_unreadable, too_large. */
  textTrack(path: string, track: number, signal?: AbortSignal): Promise<TextTrackFile>;
  /** JPEG poster, longest side 640 px, of a video frame, a picture, or (audio) a waveform. */
  poster(path: string, facts: MediaFacts, out: string, signal?: AbortSignal): Promise<void>;
  /**
   * A picture for a page: upright, sRGB, JPEG (PNG where it has transparent parts and stays small enough), at most `maxWidth`
   * pixels wide and smaller than `maxBytes`, without the camera's data (place, owner); an AIGC mark is kept or set.
   * Errors: tool_failed, file_missing, cancelled.
   */
  webPicture(path: string, options: PictureBounds): Promise<WebPicture>;
  /**
   * A JPEG of exactly `width` × `height`, without the camera's data, an AIGC mark kept or set. It is cropped where what
   * draws the eye is while at most three tenths are lost, else it stands whole on a plain ground: nobody is cut out of a
   * picture. Errors: as `webPicture`.
   */
  framedPicture(path: string, options: FrameBounds): Promise<FramedPicture>;
  /**
   * One frame of a cover as a JPEG of exactly the frame's pixels, below `maxBytes`, its words drawn on it, without the camera's
   * data, an AIGC mark kept or set. Errors: as `webPicture`.
   */
  coverPicture(path: string, order: CoverOrder): Promise<CoverPicture>;
  /**
   * A code to scan as a PNG: `dark` row by row, its quiet zone included, each module the same whole number of pixels, at
   * least `side` pixels wide. Error: tool_failed.
   */
  codePicture(dark: readonly (readonly boolean[])[], side: number): Promise<WebPicture>;
  /**
   * 540p H.264 + AAC MP4, key frame at least every 15 frames, faststart; upright, square pixels. progress 0..1. `leadUs`: how long
   * a film's first picture stands before the film begins, so that a player can be running when it does; 0 for sounds.
   */
  proxy(
    path: string,
    facts: MediaFacts,
    out: string,
    options: { signal?: AbortSignal; onProgress?: (fraction: number) => void; leadUs?: number },
  ): Promise<void>;
  /** How loud the first sound track is, a hundred values a second (`core/model/strips`). Error: bad_input (no sound). */
  peaks(
    path: string,
    facts: MediaFacts,
    out: string,
    options: { signal?: AbortSignal; onProgress?: (fraction: number) => void },
  ): Promise<void>;
  /** Small pictures of a film on one JPEG sheet with their times (`core/model/strips`), from its proxy. */
  strip(proxy: Proxy, durationUs: number, out: string, signal?: AbortSignal): Promise<void>;
  /** Where the pictures of a film change (`core/model/strips/scenes.ts`), from its proxy. Errors: as `strip`. */
  scenes(
    proxy: Proxy,
    durationUs: number,
    out: string,
    options?: { signal?: AbortSignal; onProgress?: (fraction: number) => void },
  ): Promise<void>;
}

/** Subtitles inside a film: `track` is the number of its stream. */
export interface TextTrack {
  track: number;
  codec: string;
  /** As the file has it, usually ISO 639-2 ("chi"); null when it names none. */
  language: string | null;
  title: string;
  /** false: pictures of words, which are no text. */
  readable: boolean;
}

/** The words of one, as a caption file whose times are the container's: `zeroUs` is that of the first presented frame. */
export interface TextTrackFile {
  format: 'srt' | 'ass';
  bytes: Uint8Array;
  zeroUs: number;
}

export interface PictureBounds {
  maxBytes: number;
  maxWidth: number;
  /** Made by an AI: the file says so (TC260 XMP) if it does not yet. */
  aiMade?: boolean;
  signal?: AbortSignal;
}

export interface FrameBounds extends Omit<PictureBounds, 'maxWidth'> {
  width: number;
  height: number;
}

export interface FramedPicture extends WebPicture {
  /** It was made to fit by cropping; false when it stands on a ground. */
  cropped: boolean;
}

export interface CoverOrder {
  cover: Cover;
  ratio: CoverRatio;
  /** Not approved: the cover says so. */
  draft: boolean;
  maxBytes: number;
  signal?: AbortSignal | undefined;
}

export interface CoverPicture extends WebPicture {
  /** The part of the picture that is shown, and the picture's own size, upright. */
  crop: CropBox;
  source: Size;
  problems: CoverProblem[];
}

/** A picture as it leaves the studio. */
export interface WebPicture {
  data: Uint8Array;
  format: 'jpeg' | 'png';
  width: number;
  height: number;
}

/** Held for as long as the workspace is open; an OS lock, so a killed process frees it. */
export interface WorkspaceLock {
  /** Publishes where this process answers (address + token, file mode 0600). */
  publish(address: { url: string; token: string } | null): Promise<void>;
  release(): Promise<void>;
}

/** Who holds a workspace, as written in its holder file. */
export interface Holder {
  pid: number;
  host: string;
  startedAt: number;
  address: { url: string; token: string } | null;
}

/** Everything of one open workspace. */
export interface WorkspacePorts {
  dir: string;
  database: DatabaseHandle;
  blobs: BlobStore;
  derived: DerivedStore;
  vault: KeyVault;
  lock: WorkspaceLock;
  /** Folder for finished uploads. */
  uploadsDir: string;
  takes: TakeStore;
}

export interface RecentList {
  list(): Promise<RecentWorkspace[]>;
  add(entry: { dir: string; name: string }): Promise<void>;
}

/** What `createStudio` needs: the machine, and a way to open folders on it. */
export interface StudioPorts {
  clock: Clock;
  log: Log;
  newId(): string;
  media: MediaEngine;
  documents: DocumentMaker;
  /** A film maker that keeps what it encoded under `cacheDir`, which may be deleted at any time. */
  films(cacheDir: string): FilmMaker;
  computer: Machine;
  recent: RecentList;
  defaultDir(name: string): string;
  /** Name and version of the embedded database engine; null when it cannot be loaded. */
  databaseVersion(): Promise<string | null>;
  /** Where the sample workspace's pieces are (assets/sample). */
  sampleDir: string;
  workspaces: {
    /** Makes the folder layout. Errors: out_not_empty, not_writable, disk_full. */
    create(dir: string): Promise<WorkspacePorts>;
    /** Errors: not_a_workspace, workspace_in_use, workspace_newer, workspace_damaged. */
    open(dir: string): Promise<WorkspacePorts>;
    /** Lets go of everything `create` or `open` took. */
    close(ports: WorkspacePorts): Promise<void>;
  };
}
