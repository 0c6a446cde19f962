/** What every piece that is made of a file for the window needs. */
import type { MediaFacts } from '../../model/contract/index.ts';
import type { Log } from '../../ports/index.ts';
import type { FoundTool } from './locate.ts';

export interface Making {
  ffmpeg: () => Promise<FoundTool>;
  ffprobe: () => Promise<FoundTool>;
  log: Log;
  /** Where the finished piece goes. */
  out: string;
  signal: AbortSignal | undefined;
}

/** Made of the file itself. */
export interface MadeFromFile extends Making {
  file: string;
  facts: MediaFacts;
}
