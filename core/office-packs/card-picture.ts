/** The picture of a card: one colour. Always the same bytes, so that a workspace keeps one file for a colour. */
import { deflateSync } from 'node:zlib';

/** Square, so that it fills a canvas of any shape with as little scaling as may be. */
const SIDE = 1080;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** CRC-32 as PNG has it (ISO 3309). */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
}

/** A PNG of 1080 × 1080 pixels, 8 bits of red, green and blue. `colour`: #RRGGBB. */
export function cardPicture(colour: string): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(SIDE, 0);
  head.writeUInt32BE(SIDE, 4);
  head.set([8, 2, 0, 0, 0], 8);
  // Each line begins with its filter: none.
  const line = Buffer.concat([Buffer.alloc(1), Buffer.alloc(SIDE * 3, Buffer.from(colour.slice(1), 'hex'))]);
  const lines = Buffer.concat(Array.from({ length: SIDE }, () => line));
  const data = deflateSync(lines, { level: 9 });
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}
