import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, errorOf, makeStudio, type TestStudio } from '../../tests/support/studio.ts';
import { TRIES, waitMinutes } from './pin.ts';

let t: TestStudio;
beforeEach(async () => {
  t = await makeStudio();
});
afterEach(async () => {
  await t.stop();
});

describe('people', () => {
  it('lets the owner act until somebody signs in, and nobody in a session without trust', async () => {
    expect((await t.client.session.whoAmI()).user?.role).toBe('owner');
    const { client } = t.another();
    expect((await client.session.whoAmI()).user).toBeNull();
    expect(await codeOf(client.stories.list({}))).toBe('signed_out');
  });

  it('keeps roles in the core: a reviewer reads and does not write', async () => {
    await t.client.users.add({ name: '何静文', role: 'reviewer', pin: '4821' });
    const { client } = t.another();
    await client.session.signIn({ name: '何静文', pin: '4821' });
    expect((await client.stories.list({})).total).toBe(0);
    const error = await errorOf(client.stories.create({ title: 'x' }));
    expect(error.code).toBe('not_permitted');
    expect(error.params).toEqual({ role: 'reviewer' });
    expect(await codeOf(client.users.add({ name: 'x', role: 'editor', pin: '4821' }))).toBe('not_permitted');
  });

  it('counts wrong PINs although the call fails, then locks; the right PIN does not open a locked door', async () => {
    await t.client.users.add({ name: '方一鸣', role: 'videographer', pin: '4821' });
    const { client } = t.another();
    for (let left = TRIES - 1; left >= 0; left -= 1) {
      const error = await errorOf(client.session.signIn({ name: '方一鸣', pin: '0000' }));
      expect([error.code, error.params['left']]).toEqual(['wrong_pin', left]);
    }
    const locked = await errorOf(client.session.signIn({ name: '方一鸣', pin: '4821' }));
    expect([locked.code, locked.params['minutes']]).toEqual(['locked_out', 5]);
  });

  it('lets an administrator reset a PIN, which lifts the lock', async () => {
    const { userId } = await t.client.users.add({ name: '方一鸣', role: 'videographer', pin: '4821' });
    const { client } = t.another();
    for (let i = 0; i < TRIES; i += 1) await codeOf(client.session.signIn({ name: '方一鸣', pin: 'x' }));
    await t.client.users.setPin({ userId, pin: '7777' });
    expect((await client.session.signIn({ name: '方一鸣', pin: '7777' })).name).toBe('方一鸣');
  });

  it('asks for the old PIN before a person changes their own', async () => {
    const { userId } = await t.client.users.add({ name: '林小满', role: 'editor', pin: '4821' });
    const { client } = t.another();
    await client.session.signIn({ name: '林小满', pin: '4821' });
    expect(await codeOf(client.users.setPin({ userId, pin: '5555' }))).toBe('wrong_pin');
    await client.users.setPin({ userId, pin: '5555', oldPin: '4821' });
    const other = t.another();
    await other.client.session.signIn({ name: '林小满', pin: '5555' });
  });

  it('stops trusting a window as the owner once the owner has a PIN', async () => {
    const owner = (await t.client.session.whoAmI()).user;
    const window = t.another({ trust: 'owner-without-pin' });
    expect((await window.client.session.whoAmI()).user?.userId).toBe(owner?.userId);
    await t.client.users.setPin({ userId: owner?.userId ?? '', pin: '9081' });
    expect((await window.client.session.whoAmI()).user).toBeNull();
  });

  it('signs a disabled person out at once, and does not make them the owner by it', async () => {
    const { userId } = await t.client.users.add({ name: '林小满', role: 'editor', pin: '4821' });
    const { client } = t.another({ trust: 'owner-without-pin' });
    await client.session.signIn({ name: '林小满', pin: '4821' });
    await t.client.users.setDisabled({ userId, disabled: true });
    expect(await codeOf(client.stories.list({}))).toBe('signed_out');
  });

  it('never hands out a PIN or its hash', async () => {
    await t.client.users.add({ name: '林小满', role: 'editor', pin: '4821' });
    const listed = JSON.stringify(await t.client.users.list());
    expect(listed).not.toMatch(/argon2|4821/);
  });

  it('refuses a taken name and a short PIN', async () => {
    await t.client.users.add({ name: '林小满', role: 'editor', pin: '4821' });
    expect(await codeOf(t.client.users.add({ name: ' 林小满 ', role: 'editor', pin: '4821' }))).toBe('name_taken');
    expect(await codeOf(t.client.users.add({ name: '甲', role: 'editor', pin: '123' }))).toBe('weak_pin');
  });

  it('waits longer after each further wrong try, an hour at most', () => {
    expect([4, 5, 6, 7, 8, 9, 40].map(waitMinutes)).toEqual([0, 5, 10, 20, 40, 60, 60]);
  });
});
