/** Each procedure of the contract, and the function that does it. */
import { startExport } from './articles/index.ts';
import { auditHead, verifyAudit } from './audit/index.ts';
import { addUser, listUsers, setDisabled, setPin, signIn } from './accounts/index.ts';
import { actorOf } from './call.ts';
import { deskOf } from './desk/index.ts';
import { dismissJobs, getJob, listJobs } from './jobs/index.ts';
import { keyProtection, protectKey, unlockKey } from './keys/index.ts';
import {
  getAsset,
  listMedia,
  prepareMedia,
  renameAsset,
  setRemoved as setMediaRemoved,
  startImport,
} from './media/index.ts';
import { exportPack, listPacks, packMaterials, savePack, setPackRemoved } from './office-packs/index.ts';
import { checkPackage, listPackages, startPackage, verifyMade } from './packages/index.ts';
import type { Implementer } from './pipeline.ts';
import {
  addComment,
  listComments,
  resolveComment,
  returnStory,
  reviewInbox,
  reviewPiece,
  reviewStatus,
  revokeApproval,
  signStage,
  submitStory,
  withdrawStory,
} from './review/index.ts';
import {
  createStory,
  getStory,
  getVersion,
  listStories,
  listVersions,
  nameVersion,
  restoreStory,
  saveStory,
  setRemoved as setStoriesRemoved,
  startStoryImport,
  getTemplate,
  listTemplates,
  removeTemplate,
  saveTemplate,
} from './stories/index.ts';
import { computerState, setComputer } from './computer.ts';
import { exportPlatform, giveBackPlatform, listPlatforms, removePlatform, savePlatform } from './platforms/index.ts';
import { appendTake, beginTake, dropTake, keepTake, listTakes } from './takes/index.ts';
import { importLut, listLuts, lutTableOf, setLutRemoved } from './luts/index.ts';
import { exportTheme, getTheme, listThemes, saveTheme, setThemeRemoved, themeUses } from './themes/index.ts';
import {
  coverOfVideo,
  createVideo,
  editVideo,
  getVideo,
  listVideos,
  exportCaptions,
  readTextTrackOf,
  textTracksOf,
  readCaptionSource,
  renameVideo,
  setVideosRemoved,
  startRender,
  startStill,
} from './video/index.ts';
import { checkWorkspace } from './workspace/index.ts';
import type { EventProcedures, WorkspaceProcedures } from './procedures.ts';

const OK = { ok: true } as const;

function accountHandlers(os: Implementer) {
  return {
    session: {
      whoAmI: os.session.whoAmI.handler(({ context }) => ({ user: context.call.actor })),
      signIn: os.session.signIn.handler(({ context, input }) => signIn(context.call, input)),
      signOut: os.session.signOut.handler(({ context }) => {
        context.call.session.userId = null;
        return OK;
      }),
    },
    users: {
      list: os.users.list.handler(({ context }) => listUsers(context.call)),
      add: os.users.add.handler(({ context, input }) => addUser(context.call, input)),
      setPin: os.users.setPin.handler(async ({ context, input }) => {
        await setPin(context.call, input);
        return OK;
      }),
      setDisabled: os.users.setDisabled.handler(({ context, input }) => setDisabled(context.call, input)),
    },
    keys: {
      export: os.keys.export.handler(async ({ context }) => ({
        publicKey: await context.call.workspace.ports.vault.publicKey(),
      })),
      protection: os.keys.protection.handler(({ context }) => keyProtection(context.call)),
      protect: os.keys.protect.handler(({ context, input }) => protectKey(context.call, input)),
      unlock: os.keys.unlock.handler(({ context, input }) => unlockKey(context.call, input.passphrase)),
    },
  };
}

function storyHandlers(os: Implementer) {
  return {
    list: os.stories.list.handler(({ context, input }) => listStories(context.call, input)),
    get: os.stories.get.handler(({ context, input }) => getStory(context.call, input.storyId)),
    create: os.stories.create.handler(({ context, input }) => createStory(context.call, input)),
    save: os.stories.save.handler(({ context, input }) => saveStory(context.call, input)),
    versions: os.stories.versions.handler(({ context, input }) => listVersions(context.call, input.storyId)),
    version: os.stories.version.handler(({ context, input }) => getVersion(context.call, input)),
    nameVersion: os.stories.nameVersion.handler(({ context, input }) => nameVersion(context.call, input)),
    restore: os.stories.restore.handler(({ context, input }) => restoreStory(context.call, input)),
    remove: os.stories.remove.handler(async ({ context, input }) => {
      await setStoriesRemoved(context.call, input.storyIds, true);
      return OK;
    }),
    unremove: os.stories.unremove.handler(async ({ context, input }) => {
      await setStoriesRemoved(context.call, input.storyIds, false);
      return OK;
    }),
    import: os.stories.import.handler(({ context, input }) => startStoryImport(context.call, input)),
    export: os.stories.export.handler(({ context, input }) => startExport(context.call, input)),
  };
}

function platformHandlers(os: Implementer) {
  return {
    list: os.platforms.list.handler(({ context }) => listPlatforms(context.call.db)),
    save: os.platforms.save.handler(({ context, input }) => savePlatform(context.call, input)),
    giveBack: os.platforms.giveBack.handler(({ context, input }) => giveBackPlatform(context.call, input)),
    remove: os.platforms.remove.handler(async ({ context, input }) => {
      await removePlatform(context.call, input);
      return OK;
    }),
    export: os.platforms.export.handler(({ context, input }) => exportPlatform(context.call, input.target)),
  };
}

function themeHandlers(os: Implementer) {
  return {
    list: os.themes.list.handler(({ context }) => listThemes(context.call.db)),
    uses: os.themes.uses.handler(({ context }) => themeUses(context.call.db)),
    get: os.themes.get.handler(({ context, input }) => getTheme(context.call.db, input.themeId)),
    save: os.themes.save.handler(({ context, input }) => saveTheme(context.call, input)),
    setRemoved: os.themes.setRemoved.handler(async ({ context, input }) => {
      await setThemeRemoved(context.call, input.lineage, input.removed);
      return OK;
    }),
    export: os.themes.export.handler(({ context, input }) => exportTheme(context.call, input.themeId)),
  };
}

function packHandlers(os: Implementer) {
  return {
    list: os.officePacks.list.handler(({ context }) => listPacks(context.call.db)),
    save: os.officePacks.save.handler(({ context, input }) => savePack(context.call, input)),
    setRemoved: os.officePacks.setRemoved.handler(async ({ context, input }) => {
      await setPackRemoved(context.call, input.packId, input.removed);
      return OK;
    }),
    export: os.officePacks.export.handler(({ context, input }) => exportPack(context.call, input.packId)),
    materials: os.officePacks.materials.handler(({ context, input }) => packMaterials(context.call, input.packId)),
  };
}

function lutHandlers(os: Implementer) {
  return {
    list: os.luts.list.handler(({ context }) => listLuts(context.call.db)),
    table: os.luts.table.handler(({ context, input }) => lutTableOf(context.call, input.sha256)),
    import: os.luts.import.handler(({ context, input }) => importLut(context.call, input.source)),
    setRemoved: os.luts.setRemoved.handler(async ({ context, input }) => {
      await setLutRemoved(context.call, input.sha256, input.removed);
      return OK;
    }),
  };
}

function templateHandlers(os: Implementer) {
  return {
    list: os.templates.list.handler(({ context }) => listTemplates(context.call)),
    get: os.templates.get.handler(({ context, input }) => getTemplate(context.call.db, input.templateId)),
    save: os.templates.save.handler(({ context, input }) => saveTemplate(context.call, input)),
    remove: os.templates.remove.handler(async ({ context, input }) => {
      await removeTemplate(context.call, input.templateId);
      return OK;
    }),
  };
}

function mediaHandlers(os: Implementer) {
  return {
    list: os.media.list.handler(({ context, input }) => listMedia(context.call, input)),
    get: os.media.get.handler(({ context, input }) => getAsset(context.call, input.assetId)),
    import: os.media.import.handler(({ context, input }) => startImport(context.call, input)),
    prepare: os.media.prepare.handler(async ({ context, input }) => {
      await prepareMedia(context.call, input.assetIds, input.scenes);
      return OK;
    }),
    rename: os.media.rename.handler(({ context, input }) => renameAsset(context.call, input)),
    remove: os.media.remove.handler(async ({ context, input }) => {
      await setMediaRemoved(context.call, input.assetIds, true);
      return OK;
    }),
    unremove: os.media.unremove.handler(async ({ context, input }) => {
      await setMediaRemoved(context.call, input.assetIds, false);
      return OK;
    }),
  };
}

function jobHandlers(os: Implementer) {
  return {
    list: os.jobs.list.handler(({ context, input }) => listJobs(context.call, input.limit)),
    get: os.jobs.get.handler(({ context, input }) => getJob(context.call, input.jobId)),
    cancel: os.jobs.cancel.handler(({ context, input }) => context.call.workspace.jobs.cancel(input.jobId)),
    retry: os.jobs.retry.handler(({ context, input }) => context.call.workspace.jobs.retry(input.jobId)),
    goOn: os.jobs.goOn.handler(({ context, input }) => context.call.workspace.jobs.goOn(input.jobId)),
    dismiss: os.jobs.dismiss.handler(async ({ context, input }) => {
      await dismissJobs(context.call, input.jobIds);
      return OK;
    }),
  };
}

function videoHandlers(os: Implementer) {
  return {
    list: os.videos.list.handler(({ context, input }) => listVideos(context.call, input)),
    get: os.videos.get.handler(({ context, input }) => getVideo(context.call, input.projectId)),
    create: os.videos.create.handler(({ context, input }) => createVideo(context.call, input)),
    edit: os.videos.edit.handler(({ context, input }) => editVideo(context.call, input)),
    rename: os.videos.rename.handler(async ({ context, input }) => {
      await renameVideo(context.call, input);
      return OK;
    }),
    remove: os.videos.remove.handler(async ({ context, input }) => {
      await setVideosRemoved(context.call, input.projectIds, true);
      return OK;
    }),
    unremove: os.videos.unremove.handler(async ({ context, input }) => {
      await setVideosRemoved(context.call, input.projectIds, false);
      return OK;
    }),
    readCaptions: os.videos.readCaptions.handler(({ context, input }) => readCaptionSource(context.call, input.source)),
    textTracks: os.videos.textTracks.handler(({ context, input }) => textTracksOf(context.call, input.assetIds)),
    readTextTrack: os.videos.readTextTrack.handler(({ context, input }) => readTextTrackOf(context.call, input)),
    exportCaptions: os.videos.exportCaptions.handler(({ context, input }) => exportCaptions(context.call, input)),
    render: os.videos.render.handler(({ context, input }) => startRender(context.call, input)),
    still: os.videos.still.handler(({ context, input }) => startStill(context.call, input)),
    cover: os.videos.cover.handler(({ context, input }) => coverOfVideo(context.call, input)),
  };
}

function takeHandlers(os: Implementer) {
  return {
    list: os.takes.list.handler(({ context, input }) => listTakes(context.call, input.projectId)),
    begin: os.takes.begin.handler(({ context, input }) => beginTake(context.call, input)),
    append: os.takes.append.handler(({ context, input }) => appendTake(context.call, input)),
    keep: os.takes.keep.handler(({ context, input }) => keepTake(context.call, input.takeId)),
    drop: os.takes.drop.handler(async ({ context, input }) => {
      await dropTake(context.call, input.takeId);
      return OK;
    }),
  };
}

function reviewHandlers(os: Implementer) {
  return {
    review: {
      submit: os.review.submit.handler(({ context, input }) => submitStory(context.call, input)),
      status: os.review.status.handler(({ context, input }) => reviewStatus(context.call, input.storyId)),
      piece: os.review.piece.handler(({ context, input }) => reviewPiece(context.call, input.roundId)),
      inbox: os.review.inbox.handler(({ context }) => reviewInbox(context.call)),
      sign: os.review.sign.handler(({ context, input }) => signStage(context.call, input)),
      return: os.review.return.handler(({ context, input }) => returnStory(context.call, input)),
      withdraw: os.review.withdraw.handler(({ context, input }) => withdrawStory(context.call, input)),
      revoke: os.review.revoke.handler(({ context, input }) => revokeApproval(context.call, input)),
    },
    comments: {
      list: os.comments.list.handler(({ context, input }) => listComments(context.call, input.storyId)),
      add: os.comments.add.handler(({ context, input }) => addComment(context.call, input)),
      resolve: os.comments.resolve.handler(async ({ context, input }) => {
        await resolveComment(context.call, input);
        return OK;
      }),
    },
    audit: {
      head: os.audit.head.handler(({ context }) => auditHead(context.call.db)),
      verify: os.audit.verify.handler(async ({ context, input }) => {
        const report = await verifyAudit(context.call.db, input.against);
        return { ok: report.problems.length === 0, ...report };
      }),
    },
  };
}

function packageHandlers(os: Implementer) {
  return {
    packages: {
      check: os.packages.check.handler(({ context, input }) => checkPackage(context.call, input.storyId)),
      make: os.packages.make.handler(({ context, input }) => startPackage(context.call, input)),
      list: os.packages.list.handler(({ context, input }) => listPackages(context.call, input)),
      verify: os.packages.verify.handler(({ context, input }) => verifyMade(context.call, input.packageId)),
    },
    desk: { get: os.desk.get.handler(({ context }) => deskOf(context.call)) },
  };
}

/** The whole contract, implemented. The compiler refuses a procedure that is missing here. */
export function makeRouter(os: Implementer, workspace: WorkspaceProcedures, events: EventProcedures) {
  return os.router({
    workspace: {
      current: os.workspace.current.handler(() => workspace.current()),
      create: os.workspace.create.handler(({ input }) => workspace.create(input)),
      open: os.workspace.open.handler(({ input }) => workspace.open(input.dir)),
      sample: os.workspace.sample.handler(({ input }) => workspace.sample(input.dir)),
      close: os.workspace.close.handler(async ({ context }) => {
        actorOf(context.call);
        await workspace.close();
        return OK;
      }),
      doctor: os.workspace.doctor.handler(() => workspace.doctor()),
      check: os.workspace.check.handler(({ context }) => checkWorkspace(context.call.workspace)),
    },
    ...accountHandlers(os),
    stories: storyHandlers(os),
    templates: templateHandlers(os),
    themes: themeHandlers(os),
    platforms: platformHandlers(os),
    machine: {
      get: os.machine.get.handler(({ context }) => computerState(context.call)),
      set: os.machine.set.handler(({ context, input }) => setComputer(context.call, input)),
      encoders: os.machine.encoders.handler(({ context }) => context.call.workspace.films.encoders()),
    },
    officePacks: packHandlers(os),
    luts: lutHandlers(os),
    media: mediaHandlers(os),
    videos: videoHandlers(os),
    takes: takeHandlers(os),
    ...reviewHandlers(os),
    ...packageHandlers(os),
    jobs: jobHandlers(os),
    events: {
      subscribe: os.events.subscribe.handler(({ context, signal }) => events.subscribe(context.call.session, signal)),
    },
  });
}
