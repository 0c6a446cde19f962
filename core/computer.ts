/** This computer: what was chosen for it, and which of its encoders work. */
import type { Call } from './call.ts';
import type { MachinePrefs } from './model/machine.ts';
import type { JobContext } from './jobs/index.ts';
import type { Machine } from './ports/index.ts';

/** What was chosen, and whether it runs on its battery now. */
export async function computerState(call: Call) {
  const { computer } = call.machine;
  return { ...(await computer.prefs()), onBattery: await computer.onBattery() };
}

/** Errors: not_writable, disk_full. */
export async function setComputer(
  call: Call,
  patch: { encoder?: MachinePrefs['encoder'] | undefined; waitOnBattery?: boolean | undefined },
) {
  const { encoder, waitOnBattery } = patch;
  await call.machine.computer.setPrefs({
    ...(encoder === undefined ? {} : { encoder }),
    ...(waitOnBattery === undefined ? {} : { waitOnBattery }),
  });
  return computerState(call);
}

/** What a render asks between segments: it waits while the computer runs on its battery, where that was chosen for it. */
export function pauseOnBattery(computer: Machine, context: JobContext): () => Promise<void> {
  const holds = async (): Promise<boolean> =>
    (await computer.prefs()).waitOnBattery && (await computer.onBattery()) === true;
  return () => context.hold('battery', holds);
}
