/** This computer: what was chosen for it, and which of its encoders work. */
import { z } from 'zod';
import { ENCODERS, HARDWARE_ENCODERS, machinePrefs } from '../machine.ts';
import { query, self } from './base.ts';

const chosen = machinePrefs.extend({
  /** Null: this computer does not say (or has no battery that could be asked). */
  onBattery: z.boolean().nullable(),
});

export const machine = {
  get: query('signed-in').output(chosen),
  set: self('video.edit')
    .input(z.object({ encoder: z.enum(ENCODERS).optional(), waitOnBattery: z.boolean().optional() }))
    .output(chosen),
  /** Every encoder of a graphics chip, tried with one frame. `why`: ffmpeg's own last line; null where it works. Error: missing_tool. */
  encoders: query('signed-in').output(
    z.array(z.object({ encoder: z.enum(HARDWARE_ENCODERS), works: z.boolean(), why: z.string().nullable() })),
  ),
};
