/** The system's store of secrets as the core sees it: asked through main, since only main has it. */
import type { SystemSafe } from '../../core/index.ts';
import { StudioError } from '../../core/model/errors.ts';
import type { FromHost, SafeAnswer, SafeAsk } from '../messages.ts';

/** The system may ask the person for the keyring's password meanwhile. */
const TIMEOUT_MS = 120_000;

interface Waiting {
  resolve: (answer: SafeAnswer) => void;
  timer: NodeJS.Timeout;
}

const SILENT: SafeAnswer = { what: 'refused', code: 'no_system_store', params: { why: 'unavailable' } };

function bytesOf(answer: SafeAnswer): string {
  if (answer.what === 'bytes') return answer.bytes;
  throw answer.what === 'refused' ? new StudioError(answer.code, answer.params) : new StudioError('internal');
}

/** {@link SystemSafe} over main's channel. Bytes travel as base64. */
export class MainSafe implements SystemSafe {
  private readonly tell: (message: FromHost) => void;
  private readonly waiting = new Map<number, Waiting>();
  private requests = 0;

  constructor(tell: (message: FromHost) => void) {
    this.tell = tell;
  }

  async refusal() {
    const answer = await this.ask({ what: 'refusal' });
    return answer.what === 'refusal' ? answer.why : 'unavailable';
  }

  async wrap(secret: Uint8Array): Promise<Uint8Array> {
    const bytes = bytesOf(await this.ask({ what: 'wrap', bytes: Buffer.from(secret).toString('base64') }));
    return Buffer.from(bytes, 'base64');
  }

  async unwrap(wrapped: Uint8Array): Promise<Uint8Array> {
    const bytes = bytesOf(await this.ask({ what: 'unwrap', bytes: Buffer.from(wrapped).toString('base64') }));
    return Buffer.from(bytes, 'base64');
  }

  /** Main's answer; one that nobody waits for any more is dropped. */
  receive(requestId: number, answer: SafeAnswer): void {
    const waiting = this.waiting.get(requestId);
    if (!waiting) return;
    this.waiting.delete(requestId);
    clearTimeout(waiting.timer);
    waiting.resolve(answer);
  }

  private ask(ask: SafeAsk): Promise<SafeAnswer> {
    this.requests += 1;
    const requestId = this.requests;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.receive(requestId, SILENT), TIMEOUT_MS);
      this.waiting.set(requestId, { resolve, timer });
      this.tell({ type: 'safe', requestId, ask });
    });
  }
}
