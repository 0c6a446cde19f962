/**
 * Recording a voice over the film, without React: from the open microphone over the countdown to the take on the voice track. What is
 * drawn is {@link VoiceState}; the level moves by itself ({@link VoiceRecorder.onLevel}).
 */
import { toStudioError } from '../../../../../core/model/contract/client.ts';
import { StudioError } from '../../../../../core/model/errors.ts';
import { TAKE_RATE } from '../../../../../core/model/sound/wav.ts';
import type { Player } from '../player/player.ts';
import { NO_READING, peakOf, read, type Reading } from './level.ts';
import { listMicrophones, Microphone, type MicrophoneName, type Piece } from './microphone.ts';
import { TakeStream } from './take-stream.ts';
import { FilmClock, SoundClock } from './timing.ts';

/** Seconds from pressing record to speaking. */
export const COUNT_FROM = 3;
const SECOND_MS = 1000;
/** Less is no take: a key that was pressed by mistake. Microseconds. */
const SHORTEST_US = 300_000;
/** So near to its end there is no film to speak over. Microseconds. */
const NO_FILM_US = 200_000;
/** The playhead jumped rather than played, microseconds. */
const JUMP_US = 400_000;
/** How long the last words may be on their way, milliseconds. */
const TAIL_MS = 500;

/** A take that is in the film. */
export interface Taken {
  takeId: string;
  assetId: string;
  soundId: string;
  name: string;
  atUs: number;
  durationUs: number;
  /** How far the film had slipped from an even run at its end, milliseconds. */
  slipMs: number;
}

/** What the room does with takes. */
export interface TakeWays {
  begin: (atUs: number) => Promise<{ takeId: string; name: string }>;
  append: (takeId: string, piece: { offset: number; data: string }) => Promise<unknown>;
  /** Imports a take and lays it; the take itself is dropped then. */
  lay: (takeId: string, atUs: number) => Promise<Pick<Taken, 'assetId' | 'soundId' | 'durationUs'>>;
  drop: (takeId: string) => Promise<unknown>;
  /** Takes what was laid out of the film and of the media. */
  discard: (taken: Taken) => Promise<unknown>;
}

export interface VoiceState {
  phase: 'closed' | 'ready' | 'counting' | 'recording' | 'keeping' | 'taken';
  /** Seconds left before it begins. */
  count: number;
  microphones: readonly MicrophoneName[];
  /** The one that is open; null: none. */
  deviceId: string | null;
  /** Where the take begins, microseconds of the film. */
  atUs: number;
  taken: Taken | null;
  /** Take whose sound is with the core but not in the film: it can be tried again. */
  stranded: { takeId: string; name: string; atUs: number } | null;
  error: StudioError | null;
  /** Why nothing was recorded. */
  notice: 'short' | 'end' | null;
}

export interface VoiceChoice {
  deviceId: string | null;
  /** The film may be heard: the microphone does not hear it. */
  headphones: boolean;
  /** Put to what the system says of the microphone's latency, milliseconds. */
  trimMs: number;
}

const CLOSED: VoiceState = {
  ...{ phase: 'closed', count: 0, microphones: [], deviceId: null, atUs: 0 },
  ...{ taken: null, stranded: null, error: null, notice: null },
};

/** One run of speaking, from the countdown's end to the last sample. */
interface Run {
  takeId: string;
  name: string;
  atUs: number;
  film: FilmClock;
  /** Pieces that wait until it is known where the film began. */
  early: Piece[];
  /** Number of the take's first sample; null: not known yet. */
  firstFrame: number | null;
  /** The take ends before this one; null: it goes on. */
  lastFrame: number | null;
  stream: TakeStream;
  stops: (() => void)[];
  error: StudioError | null;
}

export class VoiceRecorder {
  readonly #player: Player;
  readonly #ways: TakeWays;
  #choice: VoiceChoice;
  #state: VoiceState = CLOSED;
  #reading: Reading = NO_READING;
  #microphone: Microphone | null = null;
  #opening = 0;
  #sound = new SoundClock();
  #run: Run | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #heardAll: (() => void) | null = null;
  #finished: Promise<void> = Promise.resolve();
  readonly #listeners = new Set<() => void>();
  readonly #levelListeners = new Set<(reading: Reading) => void>();

  constructor(player: Player, ways: TakeWays, choice: VoiceChoice) {
    this.#player = player;
    this.#ways = ways;
    this.#choice = choice;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getState = (): VoiceState => this.#state;
  readonly onLevel = (listener: (reading: Reading) => void): (() => void) => {
    this.#levelListeners.add(listener);
    return () => this.#levelListeners.delete(listener);
  };

  /** Something that was spoken is not in the core yet. */
  get busy(): boolean {
    return this.#run !== null;
  }

  /** The take that is being made now. */
  get takeId(): string | null {
    return this.#run?.takeId ?? this.#state.stranded?.takeId ?? this.#state.taken?.takeId ?? null;
  }

  /** Opens the microphone; the level moves from then on. */
  async open(): Promise<void> {
    this.#set({ phase: 'ready', error: null, notice: null });
    this.#opening += 1;
    const mine = this.#opening;
    this.#microphone?.close();
    this.#microphone = null;
    try {
      const sound = new SoundClock();
      const opened = await Microphone.open(
        this.#choice.deviceId,
        (piece) => this.#hear(piece, sound),
        () => this.#lost(),
      );
      // Closed, or another one chosen, while the person was asked.
      if (mine !== this.#opening || this.#state.phase === 'closed') {
        opened.close();
        return;
      }
      this.#microphone = opened;
      this.#sound = sound;
      this.#set({ deviceId: opened.deviceId, microphones: await listMicrophones() });
    } catch (error) {
      if (mine === this.#opening) this.#set({ error: toStudioError(error), deviceId: null });
    }
  }

  close(): void {
    if (this.#state.phase === 'counting') this.#cancel();
    if (this.#run) this.stop();
    this.#opening += 1;
    this.#microphone?.close();
    this.#microphone = null;
    this.#set(CLOSED);
  }

  /** Another microphone, headphones or not, another trim. */
  choose(choice: VoiceChoice): void {
    const other = choice.deviceId !== this.#choice.deviceId;
    this.#choice = choice;
    if (other && this.#state.phase !== 'closed') void this.open();
  }

  /** Counts down, then plays and records from the playhead. */
  async start(): Promise<void> {
    const { phase } = this.#state;
    if (phase !== 'ready' && phase !== 'taken') return;
    if (!this.#microphone) await this.open();
    if (!this.#microphone) return;
    this.#player.pause();
    const atUs = Math.round(this.#player.getTime());
    if (this.#player.durationUs - atUs < NO_FILM_US) {
      this.#set({ notice: 'end', phase: 'ready', taken: null });
      return;
    }
    this.#set({ phase: 'counting', count: COUNT_FROM, atUs, error: null, notice: null, taken: null, stranded: null });
    const begun = this.#ways.begin(atUs);
    // Whoever plays or goes elsewhere while it counts does not want to speak now.
    const stopWatching = [
      this.#player.subscribe(() => this.#player.getState().playing && this.#cancel()),
      this.#player.onTime(() => this.#cancel()),
    ];
    try {
      await this.#countDown();
      const { takeId, name } = await begun;
      for (const stop of stopWatching.splice(0)) stop();
      if (this.#isCounting()) this.#go(takeId, name, atUs);
      else void this.#ways.drop(takeId).catch(() => undefined);
    } catch (error) {
      this.#set({ phase: 'ready', error: toStudioError(error) });
    } finally {
      for (const stop of stopWatching) stop();
    }
  }

  #isCounting(): boolean {
    return this.#state.phase === 'counting';
  }

  /** Ends when the count is over, or was cancelled. */
  async #countDown(): Promise<void> {
    for (let count = COUNT_FROM; count > 0 && this.#isCounting(); count -= 1) {
      this.#set({ count });
      await new Promise((resolve) => {
        this.#timer = setTimeout(resolve, SECOND_MS);
      });
    }
  }

  #cancel(): void {
    if (this.#isCounting()) this.#set({ phase: 'ready', count: 0 });
  }

  #go(takeId: string, name: string, atUs: number): void {
    const film = new FilmClock(atUs);
    const stream = new TakeStream(
      (piece) => this.#ways.append(takeId, piece),
      (error) => {
        run.error = error;
        this.stop();
      },
    );
    const run: Run = {
      ...{ takeId, name, atUs, film, stream, early: [], firstFrame: null, lastFrame: null, stops: [], error: null },
    };
    this.#run = run;
    this.#set({ phase: 'recording', count: 0 });
    this.#player.setQuiet(!this.#choice.headphones);
    run.stops.push(this.#player.onTime((us) => this.#filmAt(run, us)));
    this.#player.play(1);
    run.stops.push(
      this.#player.subscribe(() => {
        const { playing, rate } = this.#player.getState();
        if (!playing || rate !== 1) this.stop();
      }),
    );
    if (!this.#player.getState().playing) this.stop();
  }

  #filmAt(run: Run, us: number): void {
    if (run.lastFrame !== null) return;
    if (us < run.film.lastUs || us > run.film.lastUs + JUMP_US) this.stop();
    else run.film.note(performance.now(), us);
  }

  /** How long sound is on its way from the air to the page, milliseconds. */
  get #latencyMs(): number {
    return (this.#microphone?.latencyMs ?? 0) + this.#choice.trimMs;
  }

  #hear(piece: Piece, clock: SoundClock): void {
    clock.note(piece.arrivedMs, piece.endFrame, TAKE_RATE);
    this.#reading = read(this.#reading, peakOf(piece.samples), piece.arrivedMs);
    for (const listener of this.#levelListeners) listener(this.#reading);
    const run = this.#run;
    if (!run) return;
    run.early.push(piece);
    const { beganMs } = run.film;
    if (run.firstFrame === null && beganMs !== null) run.firstFrame = this.#frameAt(beganMs);
    if (run.firstFrame !== null) this.#pass(run);
    if (run.lastFrame !== null && piece.endFrame >= run.lastFrame) this.#heardAll?.();
  }

  #frameAt(ms: number): number | null {
    return this.#sound.frameAt(ms, this.#latencyMs, TAKE_RATE);
  }

  /** Hands on what belongs to the take. */
  #pass(run: Run): void {
    const { firstFrame, lastFrame } = run;
    if (firstFrame === null) return;
    for (const { samples, endFrame } of run.early.splice(0)) {
      const start = endFrame - samples.length;
      const from = Math.max(0, firstFrame - start);
      const to = Math.min(samples.length, (lastFrame ?? Infinity) - start);
      if (from < to) run.stream.push(samples.subarray(from, to));
    }
  }

  #lost(): void {
    const error = new StudioError('microphone_lost');
    this.#microphone = null;
    if (this.#run) this.#run.error = error;
    if (this.#state.phase !== 'closed') this.#set({ deviceId: null, ...(this.#run ? {} : { error }) });
    if (this.#state.phase === 'counting') this.#cancel();
    this.stop();
  }

  /** Ends the countdown or the recording. */
  stop(): void {
    this.#cancel();
    const run = this.#run;
    if (!run || run.lastFrame !== null) return;
    for (const stop of run.stops) stop();
    const began = run.film.beganAtBestMs;
    run.firstFrame ??= began === null ? null : this.#frameAt(began);
    const lasts = Math.round(((run.film.lastUs - run.atUs) / 1_000_000) * TAKE_RATE);
    run.lastFrame = (run.firstFrame ?? 0) + lasts;
    this.#player.pause();
    this.#player.setQuiet(false);
    this.#set({ phase: 'keeping' });
    this.#finished = this.#finish(run);
  }

  async #finish(run: Run): Promise<void> {
    // The last words are on their way still.
    if (this.#microphone) {
      await new Promise<void>((resolve) => {
        this.#heardAll = resolve;
        setTimeout(resolve, TAIL_MS);
      });
    }
    this.#heardAll = null;
    this.#pass(run);
    await run.stream.end();
    this.#run = null;
    const { takeId, name, atUs } = run;
    if (run.stream.kept < (SHORTEST_US / 1_000_000) * TAKE_RATE && run.error === null) {
      void this.#ways.drop(takeId).catch(() => undefined);
      this.#set({ phase: 'ready', notice: 'short' });
      return;
    }
    await this.#lay({ takeId, name, atUs }, run.film.slipMs, run.error);
  }

  async #lay(take: { takeId: string; name: string; atUs: number }, slipMs: number, why: StudioError | null) {
    try {
      const laid = await this.#ways.lay(take.takeId, take.atUs);
      this.#set({ phase: 'taken', taken: { ...take, ...laid, slipMs }, stranded: null, error: why });
    } catch (error) {
      this.#set({ phase: 'ready', stranded: take, error: why ?? toStudioError(error) });
    }
  }

  /** Once more for a take whose import failed. */
  async again(): Promise<void> {
    const { stranded } = this.#state;
    if (!stranded) return;
    this.#set({ phase: 'keeping', error: null });
    await this.#lay(stranded, 0, null);
  }

  /** The take stays; the next one may come. */
  keep(): void {
    if (this.#state.phase === 'taken') this.#set({ phase: 'ready', taken: null, error: null });
  }

  /** The take goes, out of film and media. */
  async throwAway(): Promise<void> {
    const { taken } = this.#state;
    if (!taken) return;
    this.#set({ phase: 'ready', taken: null, error: null });
    await this.#ways.discard(taken).catch((error: unknown) => this.#set({ error: toStudioError(error) }));
  }

  /** The take goes, and another one is spoken at the same place. */
  async takeAgain(): Promise<void> {
    const { taken } = this.#state;
    await this.throwAway();
    if (taken) this.#player.seek(taken.atUs);
    await this.start();
  }

  /** Ends what is going on; everything that was spoken is with the core then. */
  async settle(): Promise<void> {
    this.stop();
    await this.#finished;
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.close();
  }

  #set(patch: Partial<VoiceState>): void {
    // A panel that was closed stays closed while the last take is put away.
    const closed = this.#state.phase === 'closed' && patch.phase !== 'ready' && patch.phase !== 'closed';
    this.#state = { ...this.#state, ...patch, ...(closed ? { phase: 'closed' as const } : {}) };
    for (const listener of this.#listeners) listener();
  }
}
