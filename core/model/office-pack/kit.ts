/** What a pack is applied with: its files, the ids of what it puts in, the words it says. */
import { StudioError } from '../errors.ts';
import type { Timeline, TimelineAsset } from '../timeline/timeline.ts';
import type { OfficePack, PackFile } from './shape.ts';

export interface PackSupply {
  packId: string;
  pack: OfficePack;
  /** Of the pack, in the language of whoever applies it. */
  name: string;
  /** Its files by SHA-256, and its cards' pictures of one colour by colour, as the timeline's table has them. */
  files: ReadonlyMap<string, TimelineAsset>;
  cards: ReadonlyMap<string, TimelineAsset>;
  /** What {office} and {story} stand for. */
  words: { office: string; story: string };
  /** false: without the corner mark. */
  mark: boolean;
}

/** Ids, files and texts of what is being put in. */
export class Kit {
  readonly items: string[] = [];
  readonly assets: TimelineAsset[] = [];
  readonly supply: PackSupply;
  readonly #before: Timeline;
  readonly #taken: Set<string>;

  constructor(bare: Timeline, before: Timeline, supply: PackSupply) {
    this.supply = supply;
    this.#before = before;
    const { storyline, overlays, titles, music, voice, effects, captions, markers = [] } = bare;
    const all = [storyline, overlays, titles, music, voice, effects, captions.cues, markers];
    this.#taken = new Set(all.flatMap((items) => items.map(({ id }) => id)));
    this.assets.push(...bare.assets);
  }

  /** The same id every time the pack is applied. */
  id(role: string): string {
    let id = `pack-${role}`;
    for (let n = 2; this.#taken.has(id); n += 1) id = `pack-${role}-${String(n)}`;
    this.#taken.add(id);
    this.items.push(id);
    return id;
  }

  #listed(asset: TimelineAsset): TimelineAsset {
    const there = this.assets.find(({ assetId }) => assetId === asset.assetId);
    if (there) return there;
    // As it stood in the table: somebody may have declared that an AI made it.
    const entry = this.#before.assets.find(({ assetId }) => assetId === asset.assetId) ?? asset;
    this.assets.push(entry);
    return entry;
  }

  file(file: PackFile, place: string): TimelineAsset {
    const found = this.supply.files.get(file.sha256);
    if (!found) throw new StudioError('pack_file_missing', { place, name: file.name });
    return this.#listed(found);
  }

  card(colour: string): TimelineAsset {
    const found = this.supply.cards.get(colour);
    if (!found) throw new StudioError('unknown_id', { id: colour });
    return this.#listed(found);
  }

  said(text: string): string {
    const { office, story } = this.supply.words;
    return text.replaceAll('{office}', office).replaceAll('{story}', story);
  }
}
