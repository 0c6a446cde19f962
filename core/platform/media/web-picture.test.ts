import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { tempDirs } from '../../../tests/support/temp.ts';
import { webPicture } from './web-picture.ts';

const temp = tempDirs();
const BOUNDS = { maxBytes: 1_000_000, maxWidth: 1080 };

async function file(name: string, bytes: Buffer): Promise<string> {
  const where = path.join(temp(), name);
  await writeFile(where, bytes);
  return where;
}

const noise = (width: number, height: number, channels: 3 | 4) =>
  sharp(randomBytes(width * height * channels), { raw: { width, height, channels } });

describe('a picture for a page', () => {
  it('is a JPEG under the limit however hard its picture is', async () => {
    const hard = await file('噪 点.png', await noise(2400, 1800, 3).png().toBuffer());
    const picture = await webPicture(hard, BOUNDS);
    expect(picture.format).toBe('jpeg');
    expect(picture.data.length).toBeLessThan(1_000_000);
    expect(picture.width).toBeLessThanOrEqual(1080);
    const read = await sharp(picture.data).metadata();
    expect(read).toMatchObject({ format: 'jpeg', width: picture.width, height: picture.height });
  });

  it('is upright, never enlarged, and says nothing of the camera', async () => {
    const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#864' } })
      .withExif({ IFD0: { Artist: '老周' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '27/1 11/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const picture = await webPicture(await file('a.jpg', photo), BOUNDS);
    expect(picture).toMatchObject({ width: 40, height: 60, format: 'jpeg' });
    const read = await sharp(picture.data).metadata();
    expect(read.exif).toBeUndefined();
    expect(read.orientation ?? 1).toBe(1);
  });

  it('keeps transparency while it is small, else stands on white', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const small = await sharp({ create: { width: 90, height: 90, channels: 4, background: clear } })
      .png()
      .toBuffer();
    expect((await webPicture(await file('s.png', small), BOUNDS)).format).toBe('png');
    const large = await file('l.png', await noise(1200, 900, 4).png().toBuffer());
    const flat = await webPicture(large, BOUNDS);
    expect(flat.format).toBe('jpeg');
    expect(flat.data.length).toBeLessThan(1_000_000);
    const opaque = await sharp({ create: { width: 9, height: 9, channels: 4, background: '#fff' } })
      .png()
      .toBuffer();
    expect((await webPicture(await file('o.png', opaque), BOUNDS)).format).toBe('jpeg');
  });

  it('hands on the mark of a generated picture, and no other XMP', async () => {
    const xmp = (inner: string) =>
      `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ${inner}/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
    const mark = 'xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" TC260:AIGC="{&quot;Label&quot;:&quot;1&quot;}"';
    const made = (inner: string) =>
      sharp({ create: { width: 50, height: 50, channels: 3, background: '#123' } })
        .withXmp(xmp(inner))
        .jpeg()
        .toBuffer();
    const marked = await webPicture(await file('m.jpg', await made(mark)), BOUNDS);
    expect((await sharp(marked.data).metadata()).xmpAsString).toContain('TC260:AIGC');
    const other = await made('xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="x"');
    expect((await sharp((await webPicture(await file('n.jpg', other), BOUNDS)).data).metadata()).xmp).toBeUndefined();
  });

  it('refuses what is no picture', async () => {
    await expect(webPicture(await file('x.jpg', Buffer.from('不是图片')), BOUNDS)).rejects.toMatchObject({
      code: 'tool_failed',
    });
  });
});
