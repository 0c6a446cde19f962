/** The typed client of the contract, the same for every transport. */
import type { ContractRouterClient } from '@orpc/contract';
import { StudioError, isErrorCode, type ErrorData } from '../errors.ts';
import type { Contract } from './index.ts';

export type StudioClient = ContractRouterClient<Contract>;

function dataOf(error: unknown): ErrorData | null {
  if (typeof error !== 'object' || error === null || !('data' in error)) return null;
  const data = error.data;
  if (typeof data !== 'object' || data === null || !('code' in data) || !isErrorCode(data.code)) return null;
  return data as ErrorData;
}

/**
 * Turns whatever a call threw into a {@link StudioError}. What the core said keeps its code;
 * anything else (a broken connection, a bug in the transport) becomes `internal` with the cause kept.
 */
export function toStudioError(error: unknown): StudioError {
  if (error instanceof StudioError) return error;
  const data = dataOf(error);
  if (data) return StudioError.fromData(data);
  return new StudioError('internal', { ref: 'transport' }, { cause: error });
}
