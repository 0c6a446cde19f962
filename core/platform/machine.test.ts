import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMachine, onBatteryBy } from './machine.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'tongxin-machine-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A power supply as the kernel shows it. */
function supply(name: string, files: Record<string, string>): void {
  mkdirSync(path.join(root, name), { recursive: true });
  for (const [key, value] of Object.entries(files)) writeFileSync(path.join(root, name, key), `${value}\n`);
}
const mains = (online: number) => supply('AC', { type: 'Mains', online: String(online) });
const battery = (status: string, scope?: string) =>
  supply(scope ? 'mouse' : 'BAT0', { type: 'Battery', status, ...(scope ? { scope } : {}) });

describe('whether a computer runs on its battery', () => {
  test('is not known without supplies: a desktop computer, a folder that is not there', async () => {
    expect(await onBatteryBy(root)).toBeNull();
    expect(await onBatteryBy(path.join(root, 'none'))).toBeNull();
  });

  test('is told by its mains, else by its own battery', async () => {
    battery('Discharging');
    expect(await onBatteryBy(root)).toBe(true);
    mains(0);
    expect(await onBatteryBy(root)).toBe(true);
    mains(1);
    expect(await onBatteryBy(root)).toBe(false);
    mains(0);
    battery('Charging');
    expect(await onBatteryBy(root)).toBe(false);
    supply('ucsi', { type: 'USB', online: '1' });
    battery('Discharging');
    expect(await onBatteryBy(root)).toBe(false);
  });

  test('is not told by the battery of a mouse', async () => {
    battery('Discharging', 'Device');
    expect(await onBatteryBy(root)).toBeNull();
    mains(1);
    expect(await onBatteryBy(root)).toBe(false);
  });

  test('is asked of the desktop program where no file says it', async () => {
    const powerDir = path.join(root, 'none');
    expect(await createMachine({ home: root, powerDir }).onBattery()).toBeNull();
    expect(await createMachine({ home: root, powerDir, onBattery: () => Promise.resolve(true) }).onBattery()).toBe(
      true,
    );
  });
});

describe('what was chosen for this computer', () => {
  const file = () => path.join(root, 'machine.json');
  const machine = () => createMachine({ home: root, powerDir: root });

  test('is software and no waiting until somebody chooses; changes do not lose each other', async () => {
    expect(await machine().prefs()).toEqual({ encoder: 'software', waitOnBattery: false });
    const one = machine();
    await Promise.all([one.setPrefs({ encoder: 'vaapi' }), one.setPrefs({ waitOnBattery: true })]);
    expect(await machine().prefs()).toEqual({ encoder: 'vaapi', waitOnBattery: true });
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ encoder: 'vaapi', waitOnBattery: true });
  });

  test.each(['', '{', '[]', '{"encoder":"mjpeg","waitOnBattery":"yes"}'])(
    'is usual where the file says %j',
    async (text) => {
      writeFileSync(file(), text);
      expect(await machine().prefs()).toEqual({ encoder: 'software', waitOnBattery: false });
      await machine().setPrefs({ encoder: 'qsv' });
      expect(await machine().prefs()).toEqual({ encoder: 'qsv', waitOnBattery: false });
    },
  );
});
