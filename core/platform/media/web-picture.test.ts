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

  it('takes the best quality that is small enough', async () => {
    const busy = await file('b.png', await noise(700, 500, 3).blur(0.8).png().toBuffer());
    const free = await webPicture(busy, BOUNDS);
    const half = Math.floor(free.data.length / 2);
    const picture = await webPicture(busy, { ...BOUNDS, maxBytes: half });
    expect(picture.data.length).toBeLessThan(half);
    // One step of quality is a few percent of the file: more than a tenth below the limit would be quality given away.
    expect(picture.data.length).toBeGreaterThan(half * 0.9);
    expect(picture.width).toBe(700);
  });

  it.each(['jpeg', 'png'] as const)(
    'writes into a %s that it was made by an AI, whatever else it said',
    async (format) => {
      const alpha = format === 'png' ? 0 : 1;
      const plain = sharp({ create: { width: 50, height: 40, channels: 4, background: { r: 9, g: 9, b: 9, alpha } } });
      const xmp =
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="老周"/></rdf:RDF></x:xmpmeta>';
      const said = await file(`ai.${format}`, await plain.withXmp(xmp).toFormat(format).toBuffer());
      const picture = await webPicture(said, { ...BOUNDS, aiMade: true });
      expect(picture.format).toBe(format);
      const { xmpAsString = '' } = await sharp(picture.data).metadata();
      const value = /<TC260:AIGC>(.*)<\/TC260:AIGC>/.exec(xmpAsString)?.[1] ?? '';
      expect(xmpAsString).toContain('xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"');
      expect(JSON.parse(value)).toEqual({
        ...{ Label: '1', ContentProducer: '', ProduceID: '', ReservedCode1: '' },
        ...{ ContentPropagator: '', PropagateID: '', ReservedCode2: '' },
      });
      expect(xmpAsString).not.toContain('老周');
      expect((await sharp((await webPicture(said, BOUNDS)).data).metadata()).xmp).toBeUndefined();
    },
  );

  it('refuses what is no picture', async () => {
    await expect(webPicture(await file('x.jpg', Buffer.from('不是图片')), BOUNDS)).rejects.toMatchObject({
      code: 'tool_failed',
    });
  });
});
