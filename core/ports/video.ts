/** What the core asks of the machine for films: frame times, rendering by plan. */
import type { RenderResult, StillResult } from '../model/contract/index.ts';
import type { Timeline } from '../model/timeline/index.ts';

/** One order for films of a timeline. */
export interface RenderOrder {
  timeline: Timeline;
  /** Names of targets, each once. */
  targets: readonly string[];
  /** Folder for the finished files, which exists; each target's is `<target>.mp4`. */
  outDir: string;
  /** Marks every frame as a draft that nobody approved. */
  draft?: boolean;
  /** Absolute path of a source by its SHA-256. Error: source_vanished. */
  source(sha256: string): Promise<string>;
  signal?: AbortSignal;
  /** Fractions that only grow, up to 1. */
  onProgress?(fraction: number): void;
}

/** Renders orders; see core/video. Errors: bad_timeline, missing_glyphs, caption_too_wide, source_vanished, missing_tool, cancelled, disk_full, tool_failed. */
export interface FilmMaker {
  render(order: RenderOrder): Promise<RenderResult>;
  /** One frame of the film at `atUs` as `<target>-<frame>.png`. */
  still(order: Omit<RenderOrder, 'targets'> & { target: string; atUs: number }): Promise<StillResult>;
}
