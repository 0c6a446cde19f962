/** `npm run bench`: speeds as ratios against a named peer in the same minute; docs/BENCHMARKS.md keeps them. */
import os from 'node:os';
import { benchCompare } from './compare.ts';
import { benchArticle } from './article.ts';
import { benchCutting } from './cutting.ts';
import { benchExport } from './export.ts';
import { benchImport } from './import.ts';
import { benchPlaying } from './playing.ts';
import { benchStart } from './start.ts';
import { benchStrips } from './strips.ts';
import { benchTyping } from './typing.ts';

const rounds = Number(process.env['TONGXIN_BENCH_ROUNDS'] ?? 5);
const cpu = os.cpus()[0]?.model ?? 'unknown processor';
console.log(`${cpu}, ${String(os.cpus().length)} cores, Node ${process.versions.node}, median of ${String(rounds)}`);
for (const bench of [
  benchArticle,
  benchTyping,
  benchCompare,
  benchImport,
  benchExport,
  benchStrips,
  benchCutting,
  benchPlaying,
  benchStart,
]) {
  for (const line of await bench(rounds)) console.log(`- ${line}`);
}
