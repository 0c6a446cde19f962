/** `audit verify`, `audit head`. */
import type { Command } from 'commander';
import { StudioError } from '../../../core/model/errors.ts';
import { withWorkspace } from '../connect.ts';
import type { Context } from '../context.ts';
import type { Define } from '../define.ts';
import { explain } from '../failure.ts';

async function head(context: Context): Promise<number> {
  const found = await withWorkspace(context, (client) => client.audit.head());
  context.answer('audit-head', found, [`${String(found.seq)}:${found.hash}`]);
  return 0;
}

async function verify(context: Context, against: string | undefined): Promise<number> {
  const input = against === undefined ? {} : { against };
  const report = await withWorkspace(context, (client) => client.audit.verify(input));
  const error = new StudioError('check_failed', { count: report.problems.length });
  const failure = report.ok ? {} : { error: explain(error, context.language) };
  const sound = context.say({
    zh: `记录完整，共 ${report.events} 条。`,
    en: `The log is whole: ${report.events} entries.`,
  });
  const { seq, hash } = report.head;
  const lines = [...(report.ok ? [sound] : report.problems), `${String(seq)}:${hash}`];
  context.answer('audit-verify', { ...report, ...failure }, lines);
  return report.ok ? 0 : 1;
}

export function defineAudit(program: Command, define: Define): void {
  const audit = program.command('audit').description('the log of who did what, chained by hashes');
  define(
    audit
      .command('verify')
      .description('walk the whole chain')
      .option('--against <HEAD>', 'a head kept elsewhere (seq:hash), which must be in it'),
    (context, _args, options: { against?: string }) => verify(context, options.against),
  );
  define(audit.command('head').description('number and hash of the last entry'), head);
}
