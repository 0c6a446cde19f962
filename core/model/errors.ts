/**
 * The error table: every code the studio can answer with, its sentence and its way out in
 * Chinese and English. `code` is stable (scripts and tests rely on it); sentences may be improved.
 *
 * `{name}` in a sentence is replaced by `params.name`.
 */
import { entry, type ErrorEntry } from './error-entry.ts';
import { KEY_ERRORS } from './key-errors.ts';
import { MEDIA_ERRORS } from './media-errors.ts';
import { VOICE_ERRORS } from './voice-errors.ts';

export type Language = 'zh-CN' | 'en';

export const ERROR_TABLE = {
  // — general —
  bad_input: entry(
    400,
    false,
    '提交的内容不符合要求：{what}',
    'The input does not fit: {what}',
    '改正后再试一次。',
    'Correct it and try again.',
  ),
  wrong_arguments: entry(
    400,
    false,
    '命令写法不对：{what}',
    'Wrong arguments: {what}',
    '用 --help 查看写法。',
    'See --help.',
  ),
  unknown_id: entry(
    404,
    false,
    '找不到“{id}”',
    'Nothing is known by “{id}”',
    '刷新列表，确认它没有被删除。',
    'Refresh the list; it may have been removed.',
  ),
  unknown_procedure: entry(
    404,
    false,
    '没有这个操作',
    'There is no such operation',
    '请更新到同一版本。',
    'Update both sides to the same version.',
  ),
  conflict: entry(
    409,
    false,
    '这里的内容已在别处改过',
    'This was changed elsewhere',
    '先看别处的改动，再决定保留哪一份；你的内容还在。',
    'Look at the other change, then choose; your text is kept.',
  ),
  cancelled: entry(499, true, '已取消', 'Cancelled', '需要时可以重新开始。', 'Start it again when needed.'),
  interrupted: entry(
    503,
    true,
    '程序中途退出，这个任务没有做完',
    'The program stopped before this job was done',
    '点“重试”从头再做一次。',
    'Retry to run it again from the start.',
  ),
  internal: entry(
    500,
    true,
    '程序内部出错（编号 {ref}）',
    'Something went wrong inside the program (reference {ref})',
    '再试一次；仍不行，请把日志交给维护人员。',
    'Try again; if it stays, hand the log to your maintainer.',
  ),
  // — workspace —
  no_workspace: entry(
    409,
    false,
    '还没有打开工作区',
    'No workspace is open',
    '先新建或打开一个工作区。',
    'Create or open a workspace first.',
  ),
  not_a_workspace: entry(
    404,
    false,
    '“{dir}”不是工作区',
    '“{dir}” is not a workspace',
    '选择含有 studio.db 的文件夹，或新建一个。',
    'Choose a folder that holds studio.db, or create one.',
  ),
  workspace_in_use: entry(
    409,
    true,
    '工作区正被另一个程序使用（{host}，进程 {pid}）',
    'Another process holds the workspace ({host}, pid {pid})',
    '先在那边关闭，再试一次。',
    'Close it there, then try again.',
  ),
  workspace_newer: entry(
    409,
    false,
    '这个工作区由更新的版本写成',
    'The workspace was written by a newer version',
    '请先更新程序。',
    'Update the program first.',
  ),
  workspace_damaged: entry(
    500,
    false,
    '工作区的数据库无法读取',
    'The workspace database cannot be read',
    '从备份恢复，或把文件夹交给维护人员。',
    'Restore a backup, or hand the folder to your maintainer.',
  ),
  check_failed: entry(
    409,
    false,
    '检查发现 {count} 处问题',
    'The check found {count} problems',
    '用备份找回受损的内容，或把报告交给维护人员。',
    'Bring the damaged parts back from a backup, or hand the report to your maintainer.',
  ),
  out_not_empty: entry(
    409,
    false,
    '文件夹“{dir}”不是空的',
    'The folder “{dir}” is not empty',
    '选一个空文件夹，或写一个还不存在的路径。',
    'Choose an empty folder or a path that does not exist yet.',
  ),
  // — people —
  signed_out: entry(
    401,
    false,
    '还没有登录',
    'Nobody is signed in',
    '选择你的名字并输入 PIN。',
    'Choose your name and enter the PIN.',
  ),
  not_permitted: entry(
    403,
    false,
    '当前身份“{role}”不能这样做',
    'The role “{role}” may not do this',
    '请管理员调整身份，或换一位同事操作。',
    'Ask an administrator, or a colleague who may.',
  ),
  wrong_pin: entry(
    401,
    false,
    'PIN 不对，还可以试 {left} 次',
    'Wrong PIN; {left} tries left',
    '再输入一次；忘了请管理员重设。',
    'Enter it again; an administrator can reset it.',
  ),
  locked_out: entry(
    429,
    true,
    '试错太多，{minutes} 分钟后再试',
    'Too many wrong tries; wait {minutes} minutes',
    '等待后再试，或请管理员重设 PIN。',
    'Wait, or ask an administrator to reset the PIN.',
  ),
  weak_pin: entry(
    400,
    false,
    'PIN 至少要 4 位',
    'A PIN has at least 4 characters',
    '换一个长一点的，不要用生日或 1234。',
    'Choose a longer one; not a birthday, not 1234.',
  ),
  name_taken: entry(
    409,
    false,
    '已经有人叫“{name}”',
    'Somebody is already called “{name}”',
    '换一个名字，例如加上科室。',
    'Use another name, for example with the section.',
  ),
  // — review and packages —
  not_approved: entry(
    409,
    false,
    '还没有完成审核',
    'It is not approved yet',
    '走完三审再出包。',
    'Finish the three reviews first.',
  ),
  differs_from_approval: entry(
    409,
    false,
    '和审核通过的内容不一致：{what}',
    'It differs from what was approved: {what}',
    '把改动重新送审。',
    'Send the change to review.',
  ),
  not_your_stage: entry(
    403,
    false,
    '这一审不由你签',
    'This stage is not yours to sign',
    '请有审核身份的同事来签。',
    'A colleague with the role of reviewer signs it.',
  ),
  own_work: entry(
    403,
    false,
    '不能签自己送审的稿件',
    'You cannot sign what you submitted yourself',
    '请另一位同事签发。',
    'Ask a colleague to sign.',
  ),
  already_signed: entry(
    409,
    false,
    '你已经签过这篇',
    'You have signed this already',
    '每人只签一审。',
    'One person signs one stage.',
  ),
  package_altered: entry(
    409,
    false,
    '发布包被改动过',
    'The package was altered',
    '重新出包。',
    'Make the package again.',
  ),
  signer_unknown: entry(
    409,
    false,
    '签名的密钥不认识',
    'The signing key is not known',
    '用工作区的公钥核对。',
    'Check with the key of the workspace.',
  ),
  people_not_declared: entry(
    409,
    false,
    '还没有说明画面和文字里有谁',
    'Who is shown or named has not been declared',
    '逐项选择人物，或选择“没有可辨认的人”。',
    'Choose the people, or “no identifiable person”.',
  ),
  consent_missing: entry(409, false, '缺少人物授权', 'A consent is missing', '先补授权。', 'Add the consent first.'),
  rights_expired: entry(
    409,
    false,
    '版权或许可已到期',
    'A right or licence has expired',
    '续期或换素材。',
    'Renew it or use other material.',
  ),
  not_in_review: entry(
    409,
    false,
    '这篇稿件不在审核中',
    'The story is not in review',
    '先送审，再签或退回。',
    'Submit it first, then sign or return it.',
  ),
  already_in_review: entry(
    409,
    false,
    '这篇稿件已经在审核中',
    'The story is in review already',
    '等这一轮结束，或先撤回再送审。',
    'Wait for this round to end, or withdraw it first.',
  ),
  nothing_to_package: entry(
    409,
    false,
    '“{target}”没有可以打包的内容',
    'There is nothing to package for “{target}”',
    '先剪一条视频，或换一个目标。',
    'Cut a video first, or choose another target.',
  ),
  target_refuses: entry(
    409,
    false,
    '“{target}”不会接收这篇：{what}',
    '“{target}” would not take it: {what}',
    '按发布检查里的提示修改后重新送审。',
    'Mend what the check list names, then send it to review again.',
  ),
  ...KEY_ERRORS,
  ...MEDIA_ERRORS,
  ...VOICE_ERRORS,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERROR_TABLE;

export type ErrorParams = Record<string, string | number>;

/** What crosses every transport: plain data, no stack, no class. */
export interface ErrorData {
  code: ErrorCode;
  params: ErrorParams;
  retryable: boolean;
  /** Names of the files the error is about, as the person gave them. */
  files?: string[] | undefined;
  details?: unknown;
}

/** True for a string that is a code of the table (own key, so `toString` is not). */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_TABLE, value);
}

function fill(sentence: string, params: ErrorParams): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  );
}

/** The sentence of an error in the given language, its parameters filled in. */
export function errorMessage(code: ErrorCode, params: ErrorParams, language: Language): string {
  const e = ERROR_TABLE[code];
  return fill(language === 'en' ? e.en : e.zh, params);
}

/** What the person can do about the error, in the given language. */
export function errorHint(code: ErrorCode, params: ErrorParams, language: Language): string {
  const e = ERROR_TABLE[code];
  return fill(language === 'en' ? e.hintEn : e.hintZh, params);
}

/**
 * The one error class of the studio. `message` is the English sentence (for logs);
 * the UI and the command line translate `code` + `params`.
 */
export class StudioError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly files: string[] | undefined;
  readonly details: unknown;

  constructor(
    code: ErrorCode,
    params: ErrorParams = {},
    extra: { files?: string[]; details?: unknown; cause?: unknown } = {},
  ) {
    super(errorMessage(code, params, 'en'), extra.cause === undefined ? undefined : { cause: extra.cause });
    this.name = 'StudioError';
    this.code = code;
    this.params = params;
    this.files = extra.files;
    this.details = extra.details;
  }

  get retryable(): boolean {
    return ERROR_TABLE[this.code].retryable;
  }

  get status(): number {
    return ERROR_TABLE[this.code].status;
  }

  /** Plain data for a transport, a job row or `--json`. */
  toData(): ErrorData {
    return {
      code: this.code,
      params: this.params,
      retryable: this.retryable,
      files: this.files,
      details: this.details,
    };
  }

  static fromData(data: ErrorData): StudioError {
    return new StudioError(data.code, data.params, {
      ...(data.files ? { files: data.files } : {}),
      details: data.details,
    });
  }
}
