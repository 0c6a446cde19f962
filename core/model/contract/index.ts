/**
 * The contract: the one list of procedures. The desktop window, the browser, the command line and
 * the tests are clients of it; there is no other way into the core.
 *
 * Every procedure carries its meta: `can` (the permission it asks for), `kind` (query: reads only,
 * runs outside a transaction; mutation: runs in one transaction; job: the same, and answers at once with
 * a job id; self: keeps its own transactions, because a refusal must be remembered too (a wrong PIN)),
 * `audit` (the action name written to the audit log; mutations and jobs only), `needs` (whether a
 * workspace must be open).
 */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { jobStarted, mutation, ok, page, query, self, startsJob, storyId } from './base.ts';
import { exportStory } from './articles.ts';
import { studioEvent } from './events.ts';
import { keys } from './keys.ts';
import { machine } from './machine.ts';
import { officePacks } from './office-packs.ts';
import { desk, packages } from './packages.ts';
import { audit, comments, review } from './review.ts';
import * as s from './schemas.ts';
import { platforms } from './platforms.ts';
import { luts } from './luts.ts';
import { takes } from './takes.ts';
import { themes } from './themes.ts';
import { videos } from './video.ts';

/** Raised by one whenever an older client could misread an answer. Checked when a client connects. */
export const PROTOCOL_VERSION = 2;

const workspace = {
  /** Protocol version, the open workspace if any, and those opened before on this computer. */
  current: query('public', 'nothing').output(
    z.object({
      protocol: z.number().int(),
      workspace: s.workspaceInfo.nullable(),
      recent: z.array(s.recentWorkspace),
      /** Where a new workspace would go unless the person says otherwise. */
      defaultDir: z.string(),
    }),
  ),
  create: self('public', 'nothing')
    .input(z.object({ dir: z.string().min(1), name: s.personName }))
    .output(z.object({ workspaceId: s.id, ownerId: s.id, publicKey: z.string() })),
  open: self('public', 'nothing')
    .input(z.object({ dir: z.string().min(1) }))
    .output(s.workspaceInfo),
  /** Makes the sample workspace (three stories with pictures) and opens it. Without `dir`: the usual place. */
  sample: self('public', 'nothing')
    .input(z.object({ dir: z.string().min(1).optional() }))
    .output(s.workspaceInfo.extend({ stories: z.number().int() })),
  close: self('signed-in').output(ok),
  doctor: query('public', 'nothing').output(s.doctorReport),
  check: query('workspace.check').output(s.checkReport),
};

const session = {
  /** Who acts in this session; null when somebody must sign in first. */
  whoAmI: query('public').output(z.object({ user: s.user.nullable() })),
  signIn: self('public')
    .input(z.object({ name: s.personName, pin: z.string().max(128) }))
    .output(s.user),
  signOut: self('signed-in').output(ok),
};

const users = {
  /** Names are shown on the sign-in page, so this is open; PINs never leave the core. */
  list: query('public').output(z.array(s.user)),
  add: mutation('user.manage', 'user.add')
    .input(z.object({ name: s.personName, role: s.role.exclude(['owner']), pin: z.string().max(128) }))
    .output(z.object({ userId: s.id })),
  /** Own PIN: any signed-in person (with `oldPin` if one is set). Another's: `user.manage` (resets a lock-out). */
  setPin: self('signed-in')
    .input(z.object({ userId: s.id, pin: z.string().max(128), oldPin: z.string().max(128).optional() }))
    .output(ok),
  setDisabled: mutation('user.manage', 'user.disable')
    .input(z.object({ userId: s.id, disabled: z.boolean() }))
    .output(s.user),
};

const stories = {
  list: query('story.read')
    .input(
      z.object({
        scope: z.enum(['mine', 'all', 'released', 'removed']).default('all'),
        q: z.string().max(200).default(''),
        ...page,
      }),
    )
    .output(z.object({ items: z.array(s.storySummary), total: z.number().int() })),
  get: query('story.read').input(storyId).output(s.story),
  create: mutation('story.edit', 'story.create')
    /** `templateId`: begins with the title and text of a template, where `title` and `doc` say nothing else. */
    .input(
      z.object({ title: z.string().max(200).default(''), doc: s.articleDoc.optional(), templateId: s.id.optional() }),
    )
    .output(s.story),
  /**
   * Saves the draft. `baseHash` is the `contentHash` the editor started from; `conflict` when the draft
   * has changed since. `checkpoint` also makes a version now (else one is made at most every 5 minutes), for `reason`.
   */
  save: mutation('story.edit', null)
    .input(
      storyId.extend({
        baseHash: s.sha256,
        title: z.string().max(200),
        doc: s.articleDoc,
        checkpoint: z.boolean().default(false),
        reason: z.enum(['saved', ...s.snapshotReason.options]).default('saved'),
      }),
    )
    .output(
      z.object({
        contentHash: s.sha256,
        savedAt: z.number().int(),
        versionNo: z.number().int(),
        versionHash: s.sha256.nullable(),
      }),
    ),
  versions: query('story.read').input(storyId).output(z.array(s.storyVersion)),
  version: query('story.read')
    .input(storyId.extend({ hash: s.sha256 }))
    .output(s.storyVersion.extend({ doc: s.articleDoc })),
  nameVersion: mutation('story.edit', 'story.name-version')
    .input(storyId.extend({ hash: s.sha256, name: z.string().trim().max(80).nullable() }))
    .output(s.storyVersion),
  /** Makes an old version the draft again; what stood there becomes a version first. */
  restore: mutation('story.edit', 'story.restore')
    .input(storyId.extend({ hash: s.sha256 }))
    .output(s.story),
  remove: mutation('story.edit', 'story.remove')
    .input(z.object({ storyIds: z.array(s.id).min(1).max(500) }))
    .output(ok),
  unremove: mutation('story.edit', 'story.unremove')
    .input(z.object({ storyIds: z.array(s.id).min(1).max(500) }))
    .output(ok),
  /** Job result: {@link s.importedStory}. */
  import: startsJob('story.edit', 'story.import')
    .input(z.object({ source: s.importSource }))
    .output(jobStarted),
  export: exportStory,
};

const templates = {
  /** The office's own, then the program's. */
  list: query('story.read').output(z.array(s.storyTemplateSummary)),
  get: query('story.read')
    .input(z.object({ templateId: s.id }))
    .output(s.storyTemplate),
  /** Without `templateId` a new one. Those of the program are refused (bad_input). */
  save: mutation('story.edit', null)
    .input(
      z.object({
        templateId: s.id.optional(),
        name: z.string().trim().min(1).max(80),
        use: z.string().trim().max(400).default(''),
        title: z.string().max(200).default(''),
        doc: s.articleDoc,
      }),
    )
    .output(s.storyTemplate),
  remove: mutation('story.edit', null)
    .input(z.object({ templateId: s.id }))
    .output(ok),
};

const media = {
  list: query('media.read')
    .input(
      z.object({
        kind: s.mediaKind.optional(),
        storyId: s.id.optional(),
        /** Imported then or later, milliseconds since 1970. */
        since: z.number().int().nonnegative().optional(),
        q: z.string().max(200).default(''),
        removed: z.boolean().default(false),
        ...page,
      }),
    )
    .output(z.object({ items: z.array(s.asset), total: z.number().int() })),
  get: query('media.read')
    .input(z.object({ assetId: s.id }))
    .output(s.asset),
  /** One job for the whole list, in order. Job result: {@link s.mediaImportResult}. */
  import: startsJob('media.edit', 'media.import')
    .input(
      z.object({
        sources: z.array(s.importSource).min(1).max(2000),
        storyId: s.id.optional(),
        salvage: z.boolean().default(false),
        /** The asset whose lost or changed original this is; any other file is refused (`not_the_original`). */
        restores: s.id.optional(),
      }),
    )
    .output(jobStarted),
  /**
   * Queues what is missing of these assets (poster, proxy, peaks, filmstrip) and is not queued yet; each is told by
   * `media.changed` once it is there. `scenes`: where the pictures of films change too, once there is a proxy. What failed stays failed until its job is retried; unknown ids are passed over.
   */
  prepare: mutation('media.read', null)
    .input(z.object({ assetIds: z.array(s.id).min(1).max(500), scenes: z.boolean().default(false) }))
    .output(ok),
  rename: mutation('media.edit', 'media.rename')
    .input(z.object({ assetId: s.id, name: z.string().trim().min(1).max(255) }))
    .output(s.asset),
  remove: mutation('media.edit', 'media.remove')
    .input(z.object({ assetIds: z.array(s.id).min(1).max(500) }))
    .output(ok),
  unremove: mutation('media.edit', 'media.unremove')
    .input(z.object({ assetIds: z.array(s.id).min(1).max(500) }))
    .output(ok),
};

const jobs = {
  /** Newest first; unfinished ones are always there. */
  list: query('signed-in')
    .input(z.object({ limit: z.number().int().min(1).max(200).default(50) }))
    .output(z.array(s.job)),
  get: query('signed-in')
    .input(z.object({ jobId: s.id }))
    .output(s.job),
  cancel: self('job.manage')
    .input(z.object({ jobId: s.id }))
    .output(s.job),
  retry: self('job.manage')
    .input(z.object({ jobId: s.id }))
    .output(s.job),
  /** Goes on with a job that waits, whatever it waits for; it does not wait again. Error: unknown_id (it does not wait). */
  goOn: self('job.manage')
    .input(z.object({ jobId: s.id }))
    .output(s.job),
  /** Clears finished jobs from the tray. */
  dismiss: mutation('job.manage', null)
    .input(z.object({ jobIds: z.array(s.id).min(1).max(500) }))
    .output(ok),
};

const events = {
  /** The first event is `ready`: from then on nothing is missed. */
  subscribe: query('public', 'nothing').output(eventIterator(studioEvent)),
};

export const contract = {
  workspace,
  session,
  users,
  keys,
  stories,
  templates,
  themes,
  platforms,
  machine,
  officePacks,
  luts,
  media,
  videos,
  takes,
  review,
  comments,
  packages,
  desk,
  audit,
  jobs,
  events,
};
export type Contract = typeof contract;
export * from './schemas.ts';
export * from './events.ts';
export { keyKept, keyProtection, safeRefusal, type KeyKept, type KeyProtection, type SafeRefusal } from './keys.ts';
export * from './copying.ts';
export * from './video.ts';
export * from './review.ts';
export * from './packages.ts';
export * from './articles.ts';
export { lutTable, officeLut, type LutTable, type OfficeLut } from './luts.ts';
export { take, type Take } from './takes.ts';
export { ownTheme, type OwnTheme } from './themes.ts';
export { officePlatform, type OfficePlatform } from './platforms.ts';
export { officePackInfo, type OfficePackInfo } from './office-packs.ts';
export * from './made.ts';
export type { ProcedureMeta } from './base.ts';
