import type { StudioError } from '../../../core/model/errors.ts';
import { isLineLost } from './connection.ts';

/** Whether asking again by itself makes sense. A broken line is mended by the connection, not by asking. */
export function isRetryable(error: StudioError): boolean {
  return error.retryable && !isLineLost(error);
}
