/** The rule files of `templates/targets`, bundled with the program and checked when they are first asked for. */
import baijiahao from '../../../templates/targets/baijiahao.json' with { type: 'json' };
import docx from '../../../templates/targets/docx.json' with { type: 'json' };
import md from '../../../templates/targets/md.json' with { type: 'json' };
import pdf from '../../../templates/targets/pdf.json' with { type: 'json' };
import text from '../../../templates/targets/text.json' with { type: 'json' };
import toutiao from '../../../templates/targets/toutiao.json' with { type: 'json' };
import web from '../../../templates/targets/web.json' with { type: 'json' };
import weibo from '../../../templates/targets/weibo.json' with { type: 'json' };
import xiaohongshu from '../../../templates/targets/xiaohongshu.json' with { type: 'json' };
import { StudioError } from '../errors.ts';
import type { RuledTarget } from './names.ts';
import { parseTargetRules, type TargetRules } from './rules.ts';

const FILES: Readonly<Record<RuledTarget, unknown>> = {
  web,
  docx,
  pdf,
  md,
  toutiao,
  baijiahao,
  weibo,
  xiaohongshu,
  text,
};
const read = new Map<RuledTarget, TargetRules>();

/** Rules of a target. Error: bad_input when its file is damaged, naming the place. */
export function rulesOf(target: RuledTarget): TargetRules {
  const known = read.get(target);
  if (known) return known;
  const file = `templates/targets/${target}.json`;
  const rules = parseTargetRules(FILES[target], file);
  if (rules.target !== target) throw new StudioError('bad_input', { what: `${file}: target: is ${rules.target}` });
  read.set(target, rules);
  return rules;
}
