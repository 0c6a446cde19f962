/** Length a WAV header declares. ffprobe shortens it silently to what is there, so a cut would not show. */
import { open } from 'node:fs/promises';

const HEAD_BYTES = 64 * 1024;
/** Format tags with an exact byte rate: PCM, IEEE float, extensible (which holds one of them in practice). */
const PCM = [0x0001, 0x0003, 0xfffe];

/**
 * Microseconds the `data` chunk of a RIFF/WAVE file declares (its size over the byte rate of the `fmt ` chunk:
 * Multimedia Programming Interface and Data Specifications 1.0, WAVE). Null when compressed, unknown, or written as "unknown"
 * (0 or 0xFFFFFFFF, as programs do that write to a pipe).
 */
export async function wavDeclaredUs(file: string): Promise<number | null> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE') return null;
    let byteRate = 0;
    for (let at = 12; at + 8 <= head.length;) {
      const name = head.toString('latin1', at, at + 4);
      const size = head.readUInt32LE(at + 4);
      if (name === 'fmt ' && at + 20 <= head.length && PCM.includes(head.readUInt16LE(at + 8))) {
        byteRate = head.readUInt32LE(at + 16);
      }
      if (name === 'data') {
        const known = size !== 0 && size < 0xffff_f000 && byteRate > 0;
        return known ? Math.round((size / byteRate) * 1_000_000) : null;
      }
      at += 8 + size + (size % 2);
    }
    return null;
  } finally {
    await handle.close();
  }
}
