/** What somebody chose for this computer and that the studio's own work keeps to; nothing of a workspace. */
import { z } from 'zod';

/** Encoders in a graphics chip, as ffmpeg has them; `software` is x264. */
export const HARDWARE_ENCODERS = ['nvenc', 'qsv', 'amf', 'videotoolbox', 'vaapi'] as const;
export type HardwareEncoder = (typeof HARDWARE_ENCODERS)[number];
export const ENCODERS = ['software', ...HARDWARE_ENCODERS] as const;
export type Encoder = (typeof ENCODERS)[number];

export const machinePrefs = z.object({
  encoder: z.enum(ENCODERS).catch('software'),
  /** A render waits while the computer runs on its battery. */
  waitOnBattery: z.boolean().catch(false),
});
export type MachinePrefs = z.infer<typeof machinePrefs>;
export const USUAL_MACHINE: MachinePrefs = { encoder: 'software', waitOnBattery: false };

/** Which encoder made a film. `asked`: what was chosen for this computer; `why`: its own last line where it did not work. */
export const madeBy = z.object({ asked: z.enum(ENCODERS), used: z.enum(ENCODERS), why: z.string().nullable() });
export type MadeBy = z.infer<typeof madeBy>;
