/** `user add`, `user list`. */
import { Option, type Command } from 'commander';
import type { Role } from '../../../core/model/roles.ts';
import { ROLES } from '../../../core/model/roles.ts';
import { withWorkspace } from '../connect.ts';
import { wrongArguments, type Context } from '../context.ts';
import type { Define } from '../define.ts';

type NewRole = Exclude<Role, 'owner'>;
const NEW_ROLES = ROLES.filter((role): role is NewRole => role !== 'owner');

const ROLE_NAMES: Record<Role, { zh: string; en: string }> = {
  owner: { zh: '负责人', en: 'owner' },
  admin: { zh: '管理员', en: 'administrator' },
  editor: { zh: '编辑', en: 'editor' },
  videographer: { zh: '摄像', en: 'videographer' },
  reviewer: { zh: '审核', en: 'reviewer' },
};

async function add(context: Context, name: string, role: NewRole): Promise<number> {
  if (name.trim() === '') throw wrongArguments('NAME');
  const added = await withWorkspace(
    context,
    (client, pin) => {
      if (pin === null) throw wrongArguments('--pin P');
      return client.users.add({ name, role, pin });
    },
    { takesPin: true },
  );
  const as = ROLE_NAMES[role];
  context.answer('user-add', added, [
    context.say({ zh: `已添加 ${name}（${as.zh}）。`, en: `Added ${name} (${as.en}).` }),
  ]);
  return 0;
}

async function list(context: Context): Promise<number> {
  const users = await withWorkspace(context, (client) => client.users.list());
  context.answer(
    'user-list',
    users,
    users.map((user) => {
      const state = user.disabled ? context.say({ zh: '，已停用', en: ', disabled' }) : '';
      return `${user.name}\t${context.say(ROLE_NAMES[user.role])}${state}`;
    }),
  );
  return 0;
}

export function defineUsers(program: Command, define: Define): void {
  const user = program.command('user').description('the people of the workspace');
  define(
    user
      .command('add')
      .argument('<NAME>')
      .addOption(new Option('--role <ROLE>').choices(NEW_ROLES).makeOptionMandatory())
      .description('add a person; --pin P (or --pin -) is their PIN, the acting person’s comes from TONGXIN_PIN'),
    (context, [name = ''], options) => add(context, name, options.role as NewRole),
  );
  define(user.command('list').description('everybody, in the order they were added'), list);
}
