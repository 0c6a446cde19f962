/** What reading a file changed or left out, told in plain Chinese, one line a kind. */
import type { Repair } from '../model/contract/index.ts';

/** The sentence of each kind; `names` are the things it is about, where the kind names things. */
export type RepairMessages = Readonly<Record<string, (count: number, names: string) => string>>;

/** Names shown in one message; more are told by their number. */
const SHOWN_NAMES = 5;

/** Collects repairs by kind, in order of first appearance. */
export class Repairs<Messages extends RepairMessages> {
  readonly #messages: Messages;
  readonly #found = new Map<keyof Messages & string, { count: number; names: string[] }>();

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  /** Notes `count` cases; `name` is shown in the kinds that name things. */
  add(code: keyof Messages & string, count = 1, name?: string): void {
    if (count <= 0) return;
    const entry = this.#found.get(code) ?? { count: 0, names: [] };
    entry.count += count;
    if (name !== undefined && !entry.names.includes(name)) entry.names.push(name);
    this.#found.set(code, entry);
  }

  toArray(): Repair[] {
    return [...this.#found].map(([code, { count, names }]) => {
      const shown = names.slice(0, SHOWN_NAMES).join('、') + (names.length > SHOWN_NAMES ? '等' : '');
      return { code, message: this.#messages[code]?.(count, shown) ?? code, count };
    });
  }
}
