/** `key export`, `key status`, `key protect`, `key unprotect`. */
import type { Command } from 'commander';
import type { StudioClient } from '../../../core/model/contract/client.ts';
import type { KeyKept, KeyProtection } from '../../../core/model/contract/index.ts';
import { withWorkspace } from '../connect.ts';
import { wrongArguments, type Context } from '../context.ts';
import type { Define } from '../define.ts';

interface Options {
  stdin?: boolean;
}

const KEPT: Record<KeyKept, { zh: string; en: string }> = {
  file: {
    zh: '签名密钥是一个不加口令的文件，只有这个系统账户能读。',
    en: 'The signing key is a file without a passphrase, for this account of the system alone.',
  },
  passphrase: { zh: '签名密钥有口令保护。', en: 'The signing key is locked with a passphrase.' },
  system: { zh: '签名密钥由系统保管。', en: 'The signing key is locked by the system’s store.' },
};

function lines(context: Context, key: KeyProtection): string[] {
  const said = [context.say(KEPT[key.kept])];
  if (key.locked) said.push(context.say({ zh: '现在还签不了字。', en: 'Nothing can be signed now.' }));
  if (key.leftover) {
    const zh = 'keys 文件夹里还留着一个不加口令的旧文件 signing.pem，请删掉。';
    said.push(context.say({ zh, en: 'A readable file signing.pem still lies in the folder keys; remove it.' }));
  }
  return said;
}

async function exportKey(context: Context): Promise<number> {
  const { publicKey } = await withWorkspace(context, (client) => client.keys.export());
  context.answer('key-export', { publicKey }, [publicKey.trimEnd()]);
  return 0;
}

/** Does something to the key and answers how it is kept then. */
async function act(context: Context, work: (client: StudioClient) => Promise<KeyProtection>): Promise<number> {
  const key = await withWorkspace(context, work);
  context.answer('key-status', key, lines(context, key));
  return 0;
}

/** The next passphrase: TONGXIN_KEY_PASSPHRASE where that is the one meant, else a line of standard input. */
async function passphrase(context: Context, { stdin }: Options, fromEnv: boolean): Promise<string> {
  const given = context.io.env.TONGXIN_KEY_PASSPHRASE ?? '';
  if (fromEnv && given !== '') return given;
  if (stdin !== true) throw wrongArguments(fromEnv ? 'TONGXIN_KEY_PASSPHRASE | --stdin' : '--stdin');
  return context.line('--stdin');
}

async function protect(context: Context, options: Options): Promise<number> {
  return act(context, async (client) => {
    const { kept } = await client.keys.protection();
    if (kept !== 'passphrase') {
      // What was written to standard input on purpose comes before what stands in the environment.
      const fresh = await passphrase(context, options, options.stdin !== true);
      return client.keys.protect({ kept: 'passphrase', passphrase: fresh });
    }
    if (options.stdin !== true) throw wrongArguments('--stdin');
    const present = await passphrase(context, options, true);
    return client.keys.protect({
      kept: 'passphrase',
      passphrase: await passphrase(context, options, false),
      present,
    });
  });
}

async function unprotect(context: Context, options: Options): Promise<number> {
  return act(context, async (client) => {
    const { kept } = await client.keys.protection();
    const present = kept === 'passphrase' ? { present: await passphrase(context, options, true) } : {};
    return client.keys.protect({ kept: 'file', ...present });
  });
}

export function defineKeys(program: Command, define: Define): void {
  const key = program.command('key').description('the signing key of the workspace');
  define(key.command('export').description('public key as PEM; needs no passphrase'), exportKey);
  define(key.command('status').description('how the key is kept, and whether it can sign now'), (context) =>
    act(context, (client) => client.keys.protection()),
  );
  define(
    key
      .command('protect')
      .description(
        'lock the key with a passphrase, or change it: TONGXIN_KEY_PASSPHRASE is the present one, or the first',
      )
      .option('--stdin', 'the new passphrase is a line of standard input (after the present one, if that is not set)'),
    (context, _args, options: Options) => protect(context, options),
  );
  define(
    key
      .command('unprotect')
      .description('keep the key as a file without a passphrase again')
      .option('--stdin', 'the present passphrase is a line of standard input; or TONGXIN_KEY_PASSPHRASE'),
    (context, _args, options: Options) => unprotect(context, options),
  );
}
