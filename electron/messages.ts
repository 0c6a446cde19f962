/** What main and the host (the core's process) say to each other. Ports travel beside the message. */
import { z } from 'zod';
import { isErrorCode, type ErrorCode } from '../core/model/errors.ts';
import { safeRefusal } from '../core/model/contract/keys.ts';
import { workspaceInfo } from '../core/model/contract/schemas.ts';

const errorCode = z.custom<ErrorCode>(isErrorCode);
const params = z.record(z.string(), z.union([z.string(), z.number()]));
const variant = z.enum(['original', 'poster', 'proxy', 'peaks', 'strip', 'scenes']);
export type Variant = z.infer<typeof variant>;

const locatedFile = z.object({
  path: z.string(),
  mime: z.string(),
  bytes: z.number().int().nonnegative(),
  name: z.string(),
  etag: z.string(),
});
/** A file of an asset as the core finds it; checked again before it is opened. */
export type LocatedFile = z.infer<typeof locatedFile>;

const bytes = z.base64().max(8192);
const safeAsk = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('refusal') }),
  z.strictObject({ what: z.literal('wrap'), bytes: bytes.max(1024) }),
  z.strictObject({ what: z.literal('unwrap'), bytes }),
]);
/** What the core asks the system's store of secrets. */
export type SafeAsk = z.infer<typeof safeAsk>;
const safeAnswer = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('refusal'), why: safeRefusal.nullable() }),
  z.strictObject({ what: z.literal('bytes'), bytes }),
  z.strictObject({ what: z.literal('refused'), code: errorCode, params }),
]);
export type SafeAnswer = z.infer<typeof safeAnswer>;

export const toHost = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    assetsDir: z.string(),
    logDir: z.string(),
    logName: z.string(),
    /** Workspace to open before the first window is served; null: none. */
    workspace: z.string().nullable(),
    /** Open the sample instead (made in `workspace`, or in the usual place). */
    sample: z.boolean(),
  }),
  /** Serves the contract to a window; the port comes with the message. The window keeps its session. */
  z.object({ type: z.literal('connect'), windowId: z.number().int() }),
  /** The window was closed: its session ends. */
  z.object({ type: z.literal('forget'), windowId: z.number().int() }),
  z.object({
    type: z.literal('locate'),
    requestId: z.number().int(),
    windowId: z.number().int(),
    assetId: z.string(),
    variant,
  }),
  /** Where what a finished job made lies. Answered by `located-made`. */
  z.object({
    type: z.literal('locate-made'),
    requestId: z.number().int(),
    windowId: z.number().int(),
    jobId: z.string(),
  }),
  /** The answer to `safe`. */
  z.object({ type: z.literal('safe-answer'), requestId: z.number().int(), answer: safeAnswer }),
  /** Whether the computer runs on its battery: at the start, and whenever that changes. */
  z.object({ type: z.literal('power'), onBattery: z.boolean() }),
  z.object({ type: z.literal('stop') }),
]);
export type ToHost = z.infer<typeof toHost>;

export const fromHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('workspace'), workspace: workspaceInfo.nullable() }),
  /** The workspace of `start` could not be opened. */
  z.object({ type: z.literal('open-failed'), code: errorCode, params }),
  z.object({
    type: z.literal('located'),
    requestId: z.number().int(),
    file: locatedFile.nullable(),
    error: z.object({ code: errorCode, params }).nullable(),
  }),
  z.object({
    type: z.literal('located-made'),
    requestId: z.number().int(),
    path: z.string().nullable(),
    error: z.object({ code: errorCode, params }).nullable(),
  }),
  /** Asks the system's store of secrets. Answered by `safe-answer`. */
  z.object({ type: z.literal('safe'), requestId: z.number().int(), ask: safeAsk }),
  z.object({ type: z.literal('stopped') }),
]);
export type FromHost = z.infer<typeof fromHost>;
