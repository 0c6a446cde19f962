import { describe, expect, it, vi } from 'vitest';
import { beforeLeaving, saveAll } from './leaving.ts';

function saver(saves: boolean, takesMs = 0) {
  let dirty = true;
  const flush = vi.fn(async () => {
    await new Promise((resolve) => setTimeout(resolve, takesMs));
    if (saves) dirty = false;
  });
  return { dirty: () => dirty, flush };
}

describe('leaving the page', () => {
  it('saves what is open, and says whether the core has it', async () => {
    const [good, stuck, slow] = [saver(true, 5), saver(false), saver(true, 10_000)];
    const stop = beforeLeaving(good);
    expect(await saveAll()).toBe(true);
    expect(good.flush).toHaveBeenCalledTimes(1);
    // Nothing is saved twice.
    expect(await saveAll()).toBe(true);
    expect(good.flush).toHaveBeenCalledTimes(1);
    stop();
    const stopStuck = beforeLeaving(stuck);
    expect(await saveAll()).toBe(false);
    stopStuck();
    const stopSlow = beforeLeaving(slow);
    expect(await saveAll(20)).toBe(false);
    stopSlow();
    expect(await saveAll()).toBe(true);
  });

  it('asks a browser to stay while something is not saved', () => {
    const leave = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(leave()).toBe(false);
    const stop = beforeLeaving(saver(false));
    expect(leave()).toBe(true);
    stop();
    expect(leave()).toBe(false);
  });
});
