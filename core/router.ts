/** Each procedure of the contract, and the function that does it. */
import { addUser, listUsers, setDisabled, setPin, signIn } from './accounts/index.ts';
import { actorOf } from './call.ts';
import { dismissJobs, getJob, listJobs } from './jobs/index.ts';
import { getAsset, listMedia, renameAsset, setRemoved as setMediaRemoved, startImport } from './media/index.ts';
import { StudioError } from './model/errors.ts';
import type { Implementer } from './pipeline.ts';
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
} from './stories/index.ts';
import {
  createVideo,
  editVideo,
  getVideo,
  listVideos,
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
  };
}

function mediaHandlers(os: Implementer) {
  return {
    list: os.media.list.handler(({ context, input }) => listMedia(context.call, input)),
    get: os.media.get.handler(({ context, input }) => getAsset(context.call, input.assetId)),
    import: os.media.import.handler(({ context, input }) => startImport(context.call, input)),
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
    dismiss: os.jobs.dismiss.handler(async ({ context, input }) => {
      await dismissJobs(context.call, input.jobIds);
      return OK;
    }),
  };
}

/** Rooms that are not built yet answer as an older studio would. */
function notYet(): never {
  throw new StudioError('unknown_procedure');
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
    render: os.videos.render.handler(({ context, input }) => startRender(context.call, input)),
    still: os.videos.still.handler(({ context, input }) => startStill(context.call, input)),
  };
}

function reviewHandlers(os: Implementer) {
  return {
    review: {
      submit: os.review.submit.handler(notYet),
      status: os.review.status.handler(notYet),
      piece: os.review.piece.handler(notYet),
      inbox: os.review.inbox.handler(notYet),
      sign: os.review.sign.handler(notYet),
      return: os.review.return.handler(notYet),
      withdraw: os.review.withdraw.handler(notYet),
      revoke: os.review.revoke.handler(notYet),
    },
    comments: {
      list: os.comments.list.handler(notYet),
      add: os.comments.add.handler(notYet),
      resolve: os.comments.resolve.handler(notYet),
    },
    audit: {
      head: os.audit.head.handler(notYet),
      verify: os.audit.verify.handler(notYet),
    },
  };
}

function packageHandlers(os: Implementer) {
  return {
    packages: {
      check: os.packages.check.handler(notYet),
      make: os.packages.make.handler(notYet),
      list: os.packages.list.handler(notYet),
      verify: os.packages.verify.handler(notYet),
    },
    desk: { get: os.desk.get.handler(notYet) },
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
    media: mediaHandlers(os),
    videos: videoHandlers(os),
    ...reviewHandlers(os),
    ...packageHandlers(os),
    jobs: jobHandlers(os),
    events: {
      subscribe: os.events.subscribe.handler(({ context, signal }) => events.subscribe(context.call.session, signal)),
    },
  });
}
