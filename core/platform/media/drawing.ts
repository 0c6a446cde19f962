/** How a build of ffmpeg draws the colours of captions and titles. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const SCRIPT = `[Script Info]
ScriptType: v4.00+
PlayResX: 64
PlayResY: 64

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Red,Sans,20,&H000000FF,&H000000FF,&H000000FF,&H000000FF,0,0,0,0,100,100,0,0,1,0,0,7,0,0,0,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:00.00,0:00:09.00,Red,,0,0,0,,{\\pos(0,0)\\p1}m 0 0 l 64 0 64 64 0 64
`;
const SIDE = 64;
/** Luma of full red in limited range: 63 by BT.709, 81 by BT.601 (16 + 219 × 0.2126 and × 0.299). Between them: */
const BETWEEN = 72;
const TIMEOUT_MS = 15_000;

/**
 * Whether this ffmpeg draws scripts by BT.601 into a picture that is BT.709, tried on one small frame. False where the try itself
 * fails: then captions fail too, and say why.
 */
export async function drawsByBt601(ffmpeg: string): Promise<boolean> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'tongxin-colour-'));
  try {
    await writeFile(path.join(dir, 'red.ass'), SCRIPT);
    const black = `color=black:s=${SIDE}x${SIDE}:r=1:d=1`;
    const graph = `${black},scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,ass=filename=red.ass,format=yuv420p`;
    const args = ['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', graph, '-frames:v', '1', '-f', 'rawvideo', '-'];
    const frame = await new Promise<Buffer>((resolve, reject) => {
      const options = { cwd: dir, timeout: TIMEOUT_MS, windowsHide: true, encoding: 'buffer' as const };
      execFile(ffmpeg, args, options, (error, stdout) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`${ffmpeg} did not draw`, { cause: error }));
      });
    });
    return (frame[(SIDE / 2) * SIDE + SIDE / 2] ?? 0) > BETWEEN;
  } catch {
    return false;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
