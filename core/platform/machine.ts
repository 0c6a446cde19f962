/** What was chosen for this computer (`<config home>/machine.json`), and whether it runs on its battery. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { USUAL_MACHINE, machinePrefs, type MachinePrefs } from '../model/machine.ts';
import type { Machine } from '../ports/index.ts';
import { writeFileAtomic } from './files.ts';
import { configHome } from './workspace/places.ts';

/** Of a file that is not there, or that somebody broke, what is usual. */
async function readPrefs(file: string): Promise<MachinePrefs> {
  try {
    return machinePrefs.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return USUAL_MACHINE;
  }
}

const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => '',
  );

/**
 * Whether a Linux computer runs on its battery, by its power supplies (Documentation/ABI/testing/sysfs-class-power): a mains or USB
 * supply that is online says no; else a battery of the computer itself that discharges says yes. Null: nothing says so.
 */
export async function onBatteryBy(folder: string): Promise<boolean | null> {
  const names = await readdir(folder).catch(() => []);
  let discharging: boolean | null = null;
  for (const name of names.sort()) {
    const [type, online, status, scope] = await Promise.all(
      ['type', 'online', 'status', 'scope'].map((key) => textOf(path.join(folder, name, key))),
    );
    if (type === 'Battery' && scope !== 'Device') discharging = discharging === true || status === 'Discharging';
    else if (type !== 'Battery' && Number(online) >= 1) return false;
  }
  return discharging;
}

export interface MachineOptions {
  /** Default: the config home. */
  home?: string;
  /** Folder of the power supplies; default that of Linux. */
  powerDir?: string;
  /** Asked instead: the desktop program knows it from the system. Null: it does not say. */
  onBattery?: (() => Promise<boolean | null>) | undefined;
}

/** This computer. */
export function createMachine(options: MachineOptions = {}): Machine {
  const file = path.join(options.home ?? configHome(), 'machine.json');
  const folder = options.powerDir ?? (process.platform === 'linux' ? '/sys/class/power_supply' : null);
  let last: Promise<unknown> = Promise.resolve();
  const set = async (patch: Partial<MachinePrefs>): Promise<MachinePrefs> => {
    const next = { ...(await readPrefs(file)), ...patch };
    await writeFileAtomic(file, `${JSON.stringify(next, null, 2)}\n`, 0o600);
    return next;
  };
  return {
    prefs: () => readPrefs(file),
    // One after another, so that two changes do not read the same file.
    setPrefs: (patch) => {
      const done = last.then(() => set(patch));
      last = done.catch(() => undefined);
      return done;
    },
    onBattery: async () => {
      const told = folder === null ? null : await onBatteryBy(folder);
      return told ?? (await options.onBattery?.()) ?? null;
    },
  };
}
