/** One run of one command: the common options, the language, and how it answers. */
import { StudioError, type Language } from '../../core/model/errors.ts';
import type { AnswerName, Answer } from './answers.ts';
import type { CliIo } from './io.ts';
import { inLanguage, languageOf, type Sentence } from './language.ts';

/** The common options as they stand on the command line. */
export interface CommonOptions {
  workspace?: string;
  json?: boolean;
  as?: string;
  language?: Language;
}

export class Context {
  readonly io: CliIo;
  readonly options: CommonOptions;
  readonly language: Language;
  /** Every `--as` and `--pin` in the order given; see {@link Context.pins}. */
  readonly #mentions: readonly Mention[];
  #lines: Promise<string[]> | null = null;

  constructor(io: CliIo, options: CommonOptions, mentions: readonly Mention[]) {
    this.io = io;
    this.options = options;
    this.language = options.language ?? languageOf(io.env);
    this.#mentions = mentions;
  }

  say(sentence: Sentence): string {
    return inLanguage(sentence, this.language);
  }

  /** Writes the answer: the document with `--json`, the lines for people without. */
  answer<Name extends AnswerName>(_name: Name, value: Answer<Name>, lines: readonly string[]): void {
    if (this.options.json === true) this.io.stdout.write(`${JSON.stringify(value)}\n`);
    else if (lines.length > 0) this.io.stdout.write(`${lines.join('\n')}\n`);
  }

  /**
   * Who types which PIN. With `--as` the first `--pin` after it is that person's; what is left is what the
   * command itself asks for (the new PIN of `user add`). Without a `--pin` for `--as`: TONGXIN_PIN.
   * `-` reads a line from standard input, the acting person's first.
   */
  async pins(takesPin: boolean): Promise<{ actor: string | null; own: string | null }> {
    const pins = this.#mentions.filter((mention) => mention.pin !== null);
    const asAt = this.#mentions.findIndex((mention) => mention.pin === null);
    const claimed = takesPin && pins.length < 2 ? undefined : this.#actorPin(asAt);
    const left = pins.filter((mention) => mention !== claimed);
    if (left.length > (takesPin ? 1 : 0)) throw wrongArguments('--pin');
    const actor = asAt < 0 ? null : (claimed?.pin ?? this.io.env.TONGXIN_PIN ?? null);
    if (asAt >= 0 && (actor === null || actor === '')) throw wrongArguments('--as: --pin | TONGXIN_PIN');
    return { actor: await this.#typed(actor), own: await this.#typed(left[0]?.pin ?? null) };
  }

  #actorPin(asAt: number): Mention | undefined {
    if (asAt < 0) return undefined;
    const isPin = (mention: Mention): boolean => mention.pin !== null;
    return this.#mentions.slice(asAt).find(isPin) ?? this.#mentions.find(isPin);
  }

  async #typed(pin: string | null): Promise<string | null> {
    return pin === '-' ? this.line('--pin -') : pin;
  }

  /** The next line of standard input; `what` asked for it. Error: wrong_arguments when there is none. */
  async line(what: string): Promise<string> {
    this.#lines ??= readLines(this.io);
    const line = (await this.#lines).shift();
    if (line === undefined) throw wrongArguments(what);
    return line;
  }
}

/** `--as` (pin null) or one `--pin`. */
export interface Mention {
  pin: string | null;
}

/** More than two PINs and two passphrases (the contract takes 128 and 1024 characters); input beyond it is not read. */
const MAX_STDIN_CHARS = 4096;

async function readLines(io: CliIo): Promise<string[]> {
  let text = '';
  io.stdin.setEncoding('utf8');
  for await (const chunk of io.stdin) {
    text += String(chunk);
    if (text.length > MAX_STDIN_CHARS) break;
  }
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

export function wrongArguments(what: string): StudioError {
  return new StudioError('wrong_arguments', { what });
}
