import { describe, expect, it } from 'vitest';
import { cleanPaste, fileOfDataUrl } from './clean-paste.ts';

const DOT =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('cleanPaste', () => {
  it('leaves out pictures from elsewhere and counts them', () => {
    const clean = cleanPaste(
      '<p>a<img src="https://t.example/a.png"><img src="file:///c:/b.png"><img src="x" width="1"></p>',
    );
    expect(clean.dropped).toBe(2);
    expect(clean.html).toBe('<p>a</p>');
  });

  it('takes pictures that came with the text as files', async () => {
    const clean = cleanPaste(`<p>a<img src="${DOT}">b</p>`);
    expect(clean.dropped).toBe(0);
    expect(clean.pictures.map((f) => [f.name, f.type])).toEqual([['picture-1.png', 'image/png']]);
    const bytes = new Uint8Array(await clean.pictures[0]!.arrayBuffer());
    expect([...bytes.slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });

  it('lifts deep headings and keeps the rest', () => {
    expect(cleanPaste('<h5>t <b>x</b></h5><h2>k</h2>').html).toBe('<h3>t <b>x</b></h3><h2>k</h2>');
  });

  it('refuses data: addresses that are no pictures', () => {
    expect(fileOfDataUrl('data:text/html;base64,PGI+', 'x')).toBeNull();
    expect(fileOfDataUrl('data:image/svg+xml;base64,PHN2Zz4=', 'x')).toBeNull();
    expect(fileOfDataUrl('data:image/png;base64,***', 'x')).toBeNull();
  });
});
