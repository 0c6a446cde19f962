/** How a procedure of the contract is declared: who may call it, what it needs, what is written to the audit log. */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { Permission } from '../roles.ts';
import * as s from './schemas.ts';

export interface ProcedureMeta {
  can: Permission;
  kind: 'query' | 'mutation' | 'job' | 'self';
  needs: 'workspace' | 'nothing';
  audit: string | null;
}

const base = oc.$meta<ProcedureMeta>({ can: 'signed-in', kind: 'query', needs: 'workspace', audit: null });

/** Reads only; no transaction. */
export const query = (can: Permission, needs: ProcedureMeta['needs'] = 'workspace') =>
  base.meta({ can, kind: 'query', needs, audit: null });
/** Changes something, in one transaction; `audit`: the entry written when the handler writes none itself. */
export const mutation = (can: Permission, audit: string | null, needs: ProcedureMeta['needs'] = 'workspace') =>
  base.meta({ can, kind: 'mutation', needs, audit });
/** Makes its own transactions. */
export const self = (can: Permission, needs: ProcedureMeta['needs'] = 'workspace') =>
  base.meta({ can, kind: 'self', needs, audit: null });
/** Queues a job in one transaction and answers its id. */
export const startsJob = (can: Permission, audit: string) => base.meta({ can, kind: 'job', needs: 'workspace', audit });

export const ok = z.object({ ok: z.literal(true) });
export const jobStarted = z.object({ jobId: s.id });
export const storyId = z.object({ storyId: s.id });
export const page = {
  limit: z.number().int().min(1).max(200).default(50),
  offset: z.number().int().min(0).default(0),
};
