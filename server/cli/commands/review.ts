/** `review submit`, `review status`, `review sign`, `review return`, `review withdraw`, `review revoke`. */
import type { Command } from 'commander';
import type { StudioClient } from '../../../core/model/contract/client.ts';
import type { Difference, ReviewState, ReviewStatus } from '../../../core/model/contract/index.ts';
import { withWorkspace } from '../connect.ts';
import { wrongArguments, type Context } from '../context.ts';
import type { Define } from '../define.ts';

const STATES: Record<ReviewState, { zh: string; en: string }> = {
  none: { zh: '还没有送审', en: 'not submitted yet' },
  in_review: { zh: '审核中', en: 'in review' },
  approved: { zh: '审核通过', en: 'approved' },
  returned: { zh: '已退回', en: 'returned' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  revoked: { zh: '已撤销通过', en: 'revoked' },
};

const STAGES: Record<ReviewStatus['differences'][number]['what'] | 'done' | 'now' | 'next' | 'returned', string> = {
  done: '✓',
  now: '→',
  next: '·',
  returned: '✗',
  changed: '≠',
  added: '+',
  removed: '-',
  damaged: '!',
};

const WHATS: Record<Difference['what'], { zh: string; en: string }> = {
  changed: { zh: '改过', en: 'changed' },
  added: { zh: '新增', en: 'added' },
  removed: { zh: '移除', en: 'removed' },
  damaged: { zh: '文件损坏', en: 'damaged' },
};

/** One line a difference, for people. */
export function differenceLines(context: Context, differences: readonly Difference[]): string[] {
  return differences.map((d) => `  ${STAGES[d.what]} ${d.name} (${d.kind}, ${context.say(WHATS[d.what])})`);
}

function statusLines(context: Context, status: ReviewStatus): string[] {
  const lines = [`${status.title}: ${context.say(STATES[status.state])}`];
  for (const stage of status.round?.route ?? []) {
    const said = [stage.by?.name, stage.opinion].filter((part) => part !== undefined && part !== '').join(' ');
    lines.push(`  ${STAGES[stage.state]} ${stage.name}${said === '' ? '' : ` ${said}`}`);
  }
  if (status.differences.length > 0) {
    lines.push(context.say({ zh: '与送审时不同：', en: 'Differs from what was submitted:' }));
    lines.push(...differenceLines(context, status.differences));
  }
  return lines;
}

/** Does one act and answers where the story stands now. */
async function act(context: Context, work: (client: StudioClient) => Promise<ReviewStatus>): Promise<number> {
  const status = await withWorkspace(context, work);
  context.answer('review-status', status, statusLines(context, status));
  return 0;
}

async function submit(context: Context, storyId: string, waive: string | undefined): Promise<number> {
  const input = waive === undefined ? { storyId } : { storyId, waive };
  const status = await withWorkspace(context, (client) => client.review.submit(input));
  const { round } = status;
  if (!round) throw wrongArguments('STORY');
  const { versionHash, manifestHash, route } = round;
  context.answer('review-submit', { versionHash, manifestHash, route }, [
    ...statusLines(context, status),
    context.say({ zh: `清单 ${manifestHash}`, en: `Manifest ${manifestHash}` }),
  ]);
  return 0;
}

export function defineReview(program: Command, define: Define): void {
  const review = program
    .command('review')
    .description('three reviews, each a signature over exactly what was submitted');
  const on = (name: string): Command => review.command(name).argument('<STORY>');
  define(
    on('submit').description('freeze the story and its videos and open a round').option('--waive <REASON>'),
    (context, [storyId = ''], options: { waive?: string }) => submit(context, storyId, options.waive),
  );
  define(on('status').description('the whole route, and what differs from it now'), (context, [storyId = '']) =>
    act(context, (client) => client.review.status({ storyId })),
  );
  define(
    on('sign').description('sign the open stage').option('--opinion <TEXT>'),
    (context, [storyId = ''], options: { opinion?: string }) =>
      act(context, (client) => client.review.sign({ storyId, opinion: options.opinion ?? '' })),
  );
  const ends = {
    return: 'return the story to who submitted it',
    withdraw: 'take the story out of the open round',
    revoke: 'take an approval back',
  } as const;
  for (const [name, told] of Object.entries(ends) as [keyof typeof ends, string][]) {
    define(on(name).description(told).requiredOption('--reason <TEXT>'), (context, [storyId = ''], options) =>
      act(context, (client) => client.review[name]({ storyId, reason: (options as { reason: string }).reason })),
    );
  }
}
