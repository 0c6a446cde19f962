/** A microphone, opened as it is: no echo taken out, no noise taken out, no loudness evened. Its sound comes as numbers, 48,000 a second. */
import { StudioError } from '../../../../../core/model/errors.ts';
import { TAKE_RATE } from '../../../../../core/model/sound/wav.ts';
import workletUrl from './take-worklet.ts?worker&url';

export interface Piece {
  samples: Float32Array;
  /** Number of the last sample and one, counted from when the microphone was opened. */
  endFrame: number;
  /** By the page's clock, milliseconds. */
  arrivedMs: number;
}

export interface MicrophoneName {
  deviceId: string;
  /** Empty until the person has allowed the use of microphones. */
  label: string;
}

/** The microphones of this computer. */
export async function listMicrophones(): Promise<MicrophoneName[]> {
  // Not there where the page's address is not a safe one.
  const devices = (await (navigator.mediaDevices as MediaDevices | undefined)?.enumerateDevices()) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== 'communications')
    .map(({ deviceId, label }) => ({ deviceId, label }));
}

/** What the browser says of a microphone that cannot be had, in the error table's words. */
export function microphoneError(error: unknown): StudioError {
  const name = error instanceof DOMException ? error.name : '';
  const options = { cause: error };
  if (name === 'NotAllowedError' || name === 'SecurityError') return new StudioError('microphone_denied', {}, options);
  if (name === 'NotFoundError' || name === 'OverconstrainedError')
    return new StudioError('microphone_missing', {}, options);
  return new StudioError('microphone_busy', {}, options);
}

async function openStream(deviceId: string | null): Promise<MediaStream> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new StudioError('microphone_needs_localhost');
  const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 };
  const exact = deviceId === null ? {} : { deviceId: { exact: deviceId } };
  try {
    return await devices.getUserMedia({ audio: { ...plain, ...exact }, video: false });
  } catch (error) {
    // The one that was chosen is not connected today: any other is better than none, and its name is shown.
    const other = deviceId !== null && error instanceof DOMException && error.name === 'OverconstrainedError';
    if (other) return openStream(null);
    throw microphoneError(error);
  }
}

export class Microphone {
  readonly #stream: MediaStream;
  readonly #context: AudioContext;

  private constructor(stream: MediaStream, context: AudioContext) {
    this.#stream = stream;
    this.#context = context;
  }

  /**
   * Opens a microphone (null: the system's usual one). `hear` gets every piece of its sound, `lost` is called when it goes away.
   * Errors: microphone_denied, microphone_missing, microphone_busy, microphone_needs_localhost.
   */
  static async open(deviceId: string | null, hear: (piece: Piece) => void, lost: () => void): Promise<Microphone> {
    const stream = await openStream(deviceId);
    const context = new AudioContext({ sampleRate: TAKE_RATE, latencyHint: 'interactive' });
    const microphone = new Microphone(stream, context);
    try {
      await context.audioWorklet.addModule(workletUrl);
      const node = new AudioWorkletNode(context, 'take', { numberOfInputs: 1, numberOfOutputs: 1 });
      node.port.onmessage = ({ data }: MessageEvent<Omit<Piece, 'arrivedMs'>>) =>
        hear({ ...data, arrivedMs: performance.now() });
      // Its output is silence; a node that leads nowhere may not be run.
      context.createMediaStreamSource(stream).connect(node).connect(context.destination);
      stream.getAudioTracks()[0]?.addEventListener('ended', lost);
      await context.resume();
      return microphone;
    } catch (error) {
      microphone.close();
      throw error instanceof StudioError ? error : microphoneError(error);
    }
  }

  get deviceId(): string | null {
    return this.#stream.getAudioTracks()[0]?.getSettings().deviceId ?? null;
  }

  /** What the system says of how long sound is on its way to the page, milliseconds; 0 where it says nothing. */
  get latencyMs(): number {
    const settings: MediaTrackSettings & { latency?: number } = this.#stream.getAudioTracks()[0]?.getSettings() ?? {};
    return (settings.latency ?? 0) * 1000;
  }

  close(): void {
    for (const track of this.#stream.getTracks()) track.stop();
    void this.#context.close().catch(() => undefined);
  }
}
