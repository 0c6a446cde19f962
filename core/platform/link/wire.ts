/** What the transports share: errors as plain data, one size limit, one set of handler options. */
import { ORPCError } from '@orpc/client';
import type { StandardRPCHandlerOptions } from '@orpc/server/standard';
import { toStudioError } from '../../model/contract/client.ts';
import { StudioError, type ErrorData } from '../../model/errors.ts';
import type { CallContext } from '../../types.ts';

const MIB = 1024 * 1024;

/** Largest request of any transport, in bytes; an article of a million characters is about 4 MB. Files travel as uploads. */
export const MESSAGE_LIMIT = 16 * MIB;
/** Above this a WebSocket frame is not even read: the connection is closed with status 1009 (RFC 6455 7.4.1). */
export const FRAME_LIMIT = 32 * MIB;

/** The error for a request above {@link MESSAGE_LIMIT}. */
export function tooLarge(): StudioError {
  return new StudioError('too_large', { file: 'request', limit: `${MESSAGE_LIMIT / MIB} MB` });
}

interface Issue {
  path: string;
  message: string;
}

/** The issues of an oRPC validation error as `details`: where and what, never the value that was sent. */
function issuesOf(data: unknown): Issue[] {
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues)) return [];
  return data.issues.map((issue: { path?: readonly unknown[]; message?: unknown }) => ({
    path: (issue.path ?? [])
      .map((part) => String(typeof part === 'object' && part && 'key' in part ? part.key : part))
      .join('.'),
    message: String(issue.message),
  }));
}

/** Errors that oRPC itself raises before or around a procedure, in the words of the error table. */
function ownError(error: unknown): StudioError {
  if (!(error instanceof ORPCError)) return toStudioError(error);
  switch (error.code) {
    case 'BAD_REQUEST': {
      const issues = issuesOf(error.data);
      const what = issues.map((issue) => issue.path || issue.message).join(', ');
      return new StudioError('bad_input', { what: what || 'request' }, issues.length > 0 ? { details: issues } : {});
    }
    case 'METHOD_NOT_SUPPORTED':
      return new StudioError('bad_input', { what: 'method' });
    case 'PAYLOAD_TOO_LARGE':
      return tooLarge();
    default:
      return toStudioError(error);
  }
}

/** The form in which an error crosses: code, sentence and {@link ErrorData}. No stack, no cause. */
export function toWireError(error: unknown): ORPCError<string, ErrorData> {
  const known = ownError(error);
  return new ORPCError(known.code, { status: known.status, message: known.message, data: known.toData() });
}

/** The body of an error answer, as oRPC's own codec would write it. */
export function errorBody(error: StudioError): { json: unknown } {
  return { json: toWireError(error).toJSON() };
}

/**
 * Options of every oRPC handler: whatever goes wrong is answered as {@link toWireError}, a name that is no
 * procedure as `unknown_procedure`, and the caller's going away aborts `context.signal`.
 */
export function handlerOptions(): StandardRPCHandlerOptions<CallContext> {
  return {
    rootInterceptors: [
      async (options) => {
        const result = await options.next();
        if (result.matched) return result;
        const error = new StudioError('unknown_procedure');
        return { matched: true, response: { status: error.status, headers: {}, body: errorBody(error) } };
      },
    ],
    interceptors: [
      async (options) => {
        try {
          const { request, context } = options;
          return await options.next({ ...options, context: { ...context, signal: request.signal } });
        } catch (error) {
          throw toWireError(error);
        }
      },
    ],
  };
}
