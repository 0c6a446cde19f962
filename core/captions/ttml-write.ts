/** TTML, out. */
import { clockMs, rounded } from '../model/captions/index.ts';
import type { Cue, CueStyle } from '../model/captions/index.ts';
import type { RepairList } from './repairs.ts';
import { noteUnwritten } from './unwritten.ts';
import { xmlText } from './xml.ts';

/** Names XML allows for xml:id (NCName), as far as captions have them. */
const NC_NAME = /^[\p{L}_][\p{L}\p{N}._-]*$/u;

const ROWS = ['after', 'center', 'before'];
const COLUMNS = ['left', 'center', 'right'];

function region(align: number): string {
  const place = align - 1;
  const row = ROWS[Math.floor(place / 3)] ?? 'after';
  const column = COLUMNS[place % 3] ?? 'center';
  return `      <region xml:id="place${align}" tts:origin="5% 5%" tts:extent="90% 90%" tts:displayAlign="${row}" tts:textAlign="${column}"/>`;
}

function styleAttributes(style: CueStyle | undefined): string {
  const lines = [style?.underline ? 'underline' : '', style?.strike ? 'lineThrough' : ''].filter((one) => one !== '');
  return [
    ` region="place${style?.align ?? 2}"`,
    style?.bold ? ' tts:fontWeight="bold"' : '',
    style?.italic ? ' tts:fontStyle="italic"' : '',
    lines.length > 0 ? ` tts:textDecoration="${lines.join(' ')}"` : '',
  ].join('');
}

/** Ids of the cues that XML can hold: each once, and none that is already taken. */
function idsOf(cues: readonly Cue[], taken: ReadonlySet<string>): Map<Cue, string> {
  const used = new Set(taken);
  const ids = new Map<Cue, string>();
  for (const cue of cues) {
    if (cue.id === undefined || !NC_NAME.test(cue.id) || used.has(cue.id)) continue;
    used.add(cue.id);
    ids.set(cue, cue.id);
  }
  return ids;
}

function paragraph(cue: Cue, id: string | undefined, agents: ReadonlyMap<string, string>): string {
  const [start, end] = rounded(cue, 1000);
  const named = id === undefined ? '' : ` xml:id="${xmlText(id)}"`;
  const agent = cue.speaker === undefined ? '' : ` ttm:agent="${agents.get(cue.speaker) ?? ''}"`;
  const text = cue.text.split('\n').map(xmlText).join('<br/>');
  return `      <p${named} begin="${clockMs(start, '.')}" end="${clockMs(end, '.')}"${styleAttributes(cue.style)}${agent}>${text}</p>`;
}

/** The TTML document of a caption table. Times are rounded to milliseconds. */
export function writeTtml(cues: readonly Cue[], repairs: RepairList): string {
  const speakers = [...new Set(cues.flatMap((cue) => cue.speaker ?? []))];
  const agents = new Map(speakers.map((name, i) => [name, `speaker${i + 1}`]));
  const places = [...new Set(cues.map((cue) => cue.style?.align ?? 2))].sort((a, b) => a - b);
  const ids = idsOf(cues, new Set([...agents.values(), ...places.map((place) => `place${place}`)]));
  noteUnwritten(
    cues.filter((cue) => !ids.has(cue)),
    'TTML',
    ['id'],
    repairs,
  );
  const people = [...agents].map(
    ([name, id]) =>
      `      <ttm:agent xml:id="${id}" type="person"><ttm:name type="full">${xmlText(name)}</ttm:name></ttm:agent>`,
  );
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:timeBase="media" xml:lang="zh" xml:space="preserve">',
    '  <head>',
    ...(people.length > 0 ? ['    <metadata>', ...people, '    </metadata>'] : []),
    '    <layout>',
    ...places.map(region),
    '    </layout>',
    '  </head>',
    '  <body>',
    '    <div>',
    ...cues.map((cue) => paragraph(cue, ids.get(cue), agents)),
    '    </div>',
    '  </body>',
    '</tt>',
  ];
  return `${lines.join('\n')}\n`;
}
