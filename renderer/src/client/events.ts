/** Keeps the cached answers in step with what the core announces. */
import type { QueryClient } from '@tanstack/react-query';
import type { StudioClient } from '../../../core/model/contract/client.ts';
import type { Job, StudioEvent } from '../../../core/model/contract/index.ts';
import { backoff } from './backoff.ts';
import { api } from './client.ts';
import type { Connection } from './connection.ts';

/** A story being written is announced at every save; what is worked out from it is asked for at most this often. */
const SETTLE_MS = 1500;

type EventListener = (event: StudioEvent) => void;
const listeners = new Set<EventListener>();

/** Hears every event after the cache has been told; the answer stops it. */
export function onStudioEvent(listener: EventListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Puts one job into the tray's list: replaced where it stands, else on top. */
export function withJob(jobs: Job[] | undefined, job: Job): Job[] | undefined {
  if (!jobs) return undefined;
  return jobs.some((j) => j.jobId === job.jobId) ? jobs.map((j) => (j.jobId === job.jobId ? job : j)) : [job, ...jobs];
}

const settling = new Map<string, ReturnType<typeof setTimeout>>();

/** What stands now may no longer be what was submitted or approved; the desk lists it anew. */
function standsChanged(cache: QueryClient, storyId: string): void {
  if (settling.has(storyId)) return;
  const tell = () => {
    settling.delete(storyId);
    for (const queryKey of [
      api.review.status.key({ input: { storyId } }),
      api.packages.check.key({ input: { storyId } }),
      api.comments.list.key({ input: { storyId } }),
      api.desk.key(),
    ])
      void cache.invalidateQueries({ queryKey });
  };
  settling.set(storyId, setTimeout(tell, SETTLE_MS));
}

function apply(cache: QueryClient, event: StudioEvent): void {
  const stale = (queryKey: readonly unknown[]) => void cache.invalidateQueries({ queryKey });
  switch (event.type) {
    case 'ready':
      return;
    case 'workspace.changed':
      void cache.invalidateQueries();
      return;
    case 'users.changed':
      stale(api.users.list.key());
      stale(api.session.whoAmI.key());
      return;
    case 'key.changed':
      stale(api.keys.key());
      return;
    case 'story.changed':
      standsChanged(cache, event.storyId);
      stale(api.stories.list.key());
      stale(api.stories.versions.key({ input: { storyId: event.storyId } }));
      return;
    case 'media.changed':
      stale(api.media.list.key());
      stale(api.media.get.key({ input: { assetId: event.assetId } }));
      return;
    case 'video.changed':
      standsChanged(cache, event.storyId);
      stale(api.videos.list.key());
      return;
    case 'review.changed':
      stale(api.review.key());
      stale(api.packages.check.key());
      stale(api.stories.list.key());
      stale(api.desk.key());
      return;
    case 'comments.changed':
      stale(api.comments.list.key({ input: { storyId: event.storyId } }));
      return;
    case 'package.changed':
      stale(api.packages.key());
      stale(api.desk.key());
      return;
    case 'platforms.changed':
      stale(api.platforms.key());
      // What is approved covers them, and covers are made by them.
      stale(api.review.status.key());
      stale(api.packages.check.key());
      stale(api.videos.cover.key());
      return;
    case 'themes.changed':
      stale(api.themes.key());
      return;
    case 'packs.changed':
      stale(api.officePacks.key());
      return;
    case 'luts.changed':
      stale(api.luts.list.key());
      return;
    case 'job.changed':
      cache.setQueriesData<Job[]>({ queryKey: api.jobs.list.key() }, (jobs) => withJob(jobs, event.job));
      return;
  }
}

async function listen(client: StudioClient, cache: QueryClient, signal: AbortSignal): Promise<void> {
  const events = await client.events.subscribe(undefined, { signal });
  for await (const event of events) {
    // After `ready` nothing is missed; what was fetched before it may be old.
    if (event.type === 'ready') void cache.invalidateQueries();
    apply(cache, event);
    for (const listener of listeners) listener(event);
  }
}

/** Subscribes, and again whenever the line is back. Runs for the life of the page. */
export function followEvents(connection: Connection, client: StudioClient, cache: QueryClient): void {
  let running: AbortController | null = null;
  let failures = 0;
  const start = () => {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    listen(client, cache, mine.signal)
      .then(() => (failures = 0))
      .catch(() => (failures += 1))
      .finally(() => {
        // The stream ended while the line stands (the core let go of it): ask for it again.
        if (running === mine && connection.state === 'open') {
          setTimeout(() => running === mine && start(), backoff(failures));
        }
      });
  };
  connection.subscribe((state) => {
    if (state === 'open') start();
  });
  if (connection.state === 'open') start();
}
