/** What the contract suite is built of: a studio served one way, and how its answers are looked at. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, beforeAll, expect } from 'vitest';
import type { ArticleDocJson, ImportSource, StudioEvent } from '../../core/model/contract/index.ts';
import type { ErrorData } from '../../core/model/errors.ts';
import type { StudioPorts } from '../../core/ports/index.ts';
import { withKeys } from '../support/packaging.ts';
import { makeStudio, type TestStudio } from '../support/studio.ts';
import type { Peer, Way, WayKind } from './peers.ts';

export function docOf(text: string): ArticleDocJson {
  const paragraph = { type: 'paragraph', content: [{ type: 'text', text }] };
  return { type: 'doc', content: [paragraph] };
}

/** What the call was refused with: exactly the data that crossed. */
export async function refusal(promise: Promise<unknown>): Promise<ErrorData> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown === undefined) throw new Error('expected the call to fail');
  const { data } = thrown as { data: ErrorData };
  // Nothing of the inside goes along: no stack, no cause, no file of the program.
  expect(JSON.stringify({ ...(thrown as object), data })).not.toMatch(/"stack"|"cause"|\.ts:\d|node_modules/);
  return data;
}

/** Every event until `last` says so. Leaves the subscription as a client does: by `return`. */
export async function collect(
  events: AsyncIterable<StudioEvent>,
  last: (event: StudioEvent) => boolean,
): Promise<StudioEvent[]> {
  const seen: StudioEvent[] = [];
  for await (const event of events) {
    seen.push(event);
    if (last(event)) break;
  }
  return seen;
}

/** Waits until `condition` holds; says what it was waiting for when it does not within 5 seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  for (let left = 250; left > 0; left -= 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`never happened: ${what}`);
}

/** Small pictures, no two alike. */
export async function pictures(house: TestStudio, count: number, seed: string): Promise<string[]> {
  const folder = path.join(house.root, `pictures-${seed}`);
  await mkdir(folder, { recursive: true });
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const [r = 0, g = 0, b = 0] = createHash('sha256').update(`${seed}${index}`).digest();
      const file = path.join(folder, `图 ${index}.png`);
      const background = { r, g, b };
      await writeFile(
        file,
        await sharp({ create: { width: 40 + (index % 50), height: 30, channels: 3, background } })
          .png()
          .toBuffer(),
      );
      return file;
    }),
  );
}

/** How this way names files: paths, or uploads as a browser makes them. */
export async function sourcesOf(house: TestStudio, way: WayKind, files: readonly string[]): Promise<ImportSource[]> {
  if (way.localFiles) return files.map((file) => ({ path: file }));
  return Promise.all(
    files.map(async (file) => {
      const name = path.basename(file);
      const { uploadId } = await house.studio.receiveUpload(house.session, name, Readable.from([await readFile(file)]));
      return { uploadId, name };
    }),
  );
}

export interface Rig {
  house: TestStudio;
  way: Way;
  connect(): Promise<Peer>;
}

/** A studio with a workspace, served this way, for one group of tests. */
export function rig(kind: WayKind, options: { workspace?: boolean } = {}): Rig {
  const it: Partial<Rig> & { peers: Peer[] } = { peers: [] };
  beforeAll(async () => {
    const ports = (machine: StudioPorts): StudioPorts => withKeys(machine, {});
    it.house = await makeStudio({ ...options, jobKinds: ['media.import', 'story.import'], ports });
    it.way = await kind.open(it.house.studio);
  });
  afterAll(async () => {
    for (const peer of it.peers) await peer.vanish();
    await it.way?.stop();
    await it.house?.stop();
  });
  it.connect = async () => {
    const peer = await it.way!.connect();
    it.peers.push(peer);
    return peer;
  };
  return it as Rig;
}
