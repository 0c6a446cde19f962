/** What the transports share: errors as plain data, one size limit, one set of handler options. */
import { ORPCError, createORPCErrorFromJson, isORPCErrorJson } from '@orpc/client';
import type { StandardRPCHandlerOptions } from '@orpc/server/standard';
import { toStudioError } from '../../model/contract/client.ts';
import { StudioError } from '../../model/errors.ts';
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

/** Errors that oRPC itself raises around a procedure, in the words of the error table. */
function ownError(error: unknown): StudioError {
  if (!(error instanceof ORPCError)) return toStudioError(error);
  switch (error.code) {
    case 'BAD_REQUEST':
      return new StudioError('bad_input', { what: 'request' });
    case 'METHOD_NOT_SUPPORTED':
      return new StudioError('bad_input', { what: 'method' });
    case 'PAYLOAD_TOO_LARGE':
      return tooLarge();
    default:
      return toStudioError(error);
  }
}

/** The body of an error answer as oRPC's own codec would write it: code, sentence, data. No stack, no cause. */
export function errorBody(error: StudioError): { json: unknown } {
  const { code, status, message } = error;
  return { json: new ORPCError(code, { status, message, data: error.toData() }).toJSON() };
}

/** An error answer of oRPC's codec, read back; null for any other body. */
function errorOf(body: unknown): ORPCError<string, unknown> | null {
  if (typeof body !== 'object' || body === null || !('json' in body)) return null;
  return isORPCErrorJson(body.json) ? createORPCErrorFromJson(body.json) : null;
}

/**
 * Options of every oRPC handler: whatever goes wrong is answered as {@link errorBody}, a name that is no
 * procedure as `unknown_procedure`, and the caller's going away aborts `context.signal`.
 */
export function handlerOptions(): StandardRPCHandlerOptions<CallContext> {
  return {
    rootInterceptors: [
      async (options) => {
        const { request, context } = options;
        const { response } = await options.next({ ...options, context: { ...context, signal: request.signal } });
        if (response && response.status < 400) return { matched: true, response };
        // What the pipeline refused is in our words already and comes out as it went in; what oRPC itself
        // refused (text that is not JSON, too many bytes) is put into them here.
        const error = response ? ownError(errorOf(response.body)) : new StudioError('unknown_procedure');
        return { matched: true, response: { status: error.status, headers: {}, body: errorBody(error) } };
      },
    ],
  };
}
