/** Kill -9 while the signing key is being kept in another form: it is there, it is the same, and nothing half lies about. */
import { createPublicKey, verify } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileVault } from '../../core/platform/vault/index.ts';
import { ROUNDS, runAndKill } from '../support/kill.ts';
import { makeStudio, type TestStudio } from '../support/studio.ts';

const PHRASE = '岚溪的茶园二月就忙起来了';

describe('killed while the key changes its form', () => {
  let house: TestStudio;
  let publicKey = '';
  beforeAll(async () => {
    house = await makeStudio();
    ({ publicKey } = await house.client.keys.export());
    await house.studio.stop();
  });
  afterAll(() => house.stop());

  it.each(Array.from({ length: ROUNDS }, (_, n) => n))('round %i', async (n) => {
    // The changes take some 200 ms each: the kills fall at other moments every round.
    const args = ['protect', house.dir, PHRASE];
    const said = await runAndKill(args, path.join(house.root, 'home'), 1 + (n % 2), 40 + ((n * 97) % 400));
    expect(said[0]).toBe('open');

    const again = await makeStudio({ root: house.root });
    const { kept, locked } = await again.client.keys.protection();
    expect(locked).toBe(kept === 'passphrase');
    expect((await again.client.keys.export()).publicKey).toBe(publicKey);
    if (locked) await again.client.keys.unlock({ passphrase: PHRASE });
    expect(await again.client.keys.protection()).toMatchObject({ kept, locked: false, leftover: false });
    const head = await again.client.audit.head();
    expect(await again.client.audit.verify({})).toMatchObject({ ok: true, head });
    await again.studio.stop();

    const keys = path.join(house.dir, 'keys');
    expect(readdirSync(keys)).toEqual([kept === 'file' ? 'signing.pem' : 'signing.json']);
    const signature = await createFileVault(keys, { passphrase: PHRASE }).sign(Buffer.from('同心'));
    const bytes = Buffer.from(signature, 'base64url');
    expect(verify(null, Buffer.from('同心'), createPublicKey(publicKey), bytes)).toBe(true);
  });
});
