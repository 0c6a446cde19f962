/** The error table's part about the signing key. */
import { entry, type ErrorEntry } from './error-entry.ts';

export const KEY_ERRORS = {
  key_locked: entry(
    423,
    false,
    '签名密钥有口令保护，还没有解锁',
    'The signing key is locked with a passphrase, which was not given',
    '在“设置 › 工作区”输入口令解锁；命令行先设好环境变量 TONGXIN_KEY_PASSPHRASE。',
    'Unlock it in Settings › Workspace; on the command line set TONGXIN_KEY_PASSPHRASE.',
  ),
  wrong_passphrase: entry(
    401,
    false,
    '签名密钥的口令不对，或密钥文件被改动过',
    'The passphrase of the signing key is wrong, or the key file was altered',
    '再输入一次，留意大小写和空格；口令确认无误就从备份恢复 keys 文件夹。',
    'Enter it again, minding case and spaces; if it is surely right, restore the folder keys from a backup.',
  ),
  weak_passphrase: entry(
    400,
    false,
    '口令至少要 {least} 个字符',
    'A passphrase has at least {least} characters',
    '用一句记得住、别人猜不到的话。',
    'Use a sentence that you remember and nobody guesses.',
  ),
  key_damaged: entry(
    500,
    false,
    '签名密钥的文件“{file}”损坏或被改动过',
    'The file of the signing key, “{file}”, is damaged or was altered',
    '从备份恢复 keys 文件夹。',
    'Restore the folder keys from a backup.',
  ),
  key_needs_window: entry(
    409,
    false,
    '签名密钥由系统保管，只有桌面窗口能取用',
    'The signing key is locked by the system’s store, which only the desktop window can ask',
    '用桌面程序打开这个工作区再做一次，或在“设置 › 工作区”把密钥改回文件。',
    'Open the workspace in the desktop program and try again, or turn the key back into a file in Settings › Workspace.',
  ),
  no_system_store: entry(
    409,
    false,
    '这台电脑现在没有可用的系统保管（{why}）',
    'The system’s store of secrets cannot be used here now ({why})',
    '登录桌面并解锁钥匙串后再试，或改用口令。',
    'Sign in to the desktop, unlock its keyring and try again, or use a passphrase.',
  ),
  key_elsewhere: entry(
    409,
    false,
    '签名密钥由另一台电脑或另一个账户的系统保管，这里打不开',
    'The signing key was locked by the store of another computer or account',
    '在原来的电脑和账户上打开工作区，先把密钥改回文件或口令，再搬过来。',
    'Open the workspace there, turn the key into a file or a passphrase, then move it.',
  ),
} as const satisfies Record<string, ErrorEntry>;
