import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromHost, toHost, type FromHost, type SafeAnswer } from '../messages.ts';
import { MainSafe } from '../host/safe.ts';
import { answerSafe, refusalOf, type Store } from './safe.ts';

/** A store that locks by turning the text around, so that what is locked is not what was given. */
function store(backend: string, available = true): Store {
  const around = (text: string): string => [...text].reverse().join('');
  return {
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
    encryptString: (text) => Buffer.from(`v11${around(text)}`),
    decryptString: (bytes) => {
      const text = bytes.toString('utf8');
      if (!text.startsWith('v11')) throw new Error('Error while decrypting the ciphertext');
      return around(text.slice(3));
    },
  };
}

it.each([
  ['linux', 'gnome_libsecret', true, null],
  ['linux', 'kwallet6', true, null],
  ['linux', 'basic_text', true, 'plain_text'],
  ['linux', 'basic_text', false, 'plain_text'],
  ['linux', 'unknown', true, 'plain_text'],
  ['linux', 'gnome_libsecret', false, 'unavailable'],
  ['darwin', 'basic_text', true, null],
  ['win32', 'basic_text', false, 'unavailable'],
] as const)('%s with %s, available %s: %s', (platform, backend, available, why) => {
  expect(refusalOf(store(backend, available), platform)).toBe(why);
});

it('takes a Linux that does not name its store for one without', () => {
  const { isEncryptionAvailable, encryptString, decryptString } = store('x');
  expect(refusalOf({ isEncryptionAvailable, encryptString, decryptString }, 'linux')).toBe('plain_text');
});

describe('the road from the core to the store', () => {
  /** Both ends, with every message held against its schema as it is between the processes. */
  function road(behind: () => Store, platform = 'linux') {
    const sent: FromHost[] = [];
    const safe: MainSafe = new MainSafe((message) => {
      const parsed = fromHost.parse(JSON.parse(JSON.stringify(message)));
      sent.push(parsed);
      if (parsed.type !== 'safe') throw new Error(parsed.type);
      const { requestId } = parsed;
      const answer = { type: 'safe-answer', requestId, answer: answerSafe(parsed.ask, behind(), platform) };
      const back = toHost.parse(JSON.parse(JSON.stringify(answer)));
      if (back.type === 'safe-answer') queueMicrotask(() => safe.receive(back.requestId, back.answer));
    });
    return { safe, sent };
  }

  it('locks and opens bytes', async () => {
    const { safe, sent } = road(() => store('gnome_libsecret'));
    const secret = randomBytes(32);
    const wrapped = await safe.wrap(secret);
    expect(Buffer.from(wrapped).includes(secret)).toBe(false);
    expect(Buffer.from(await safe.unwrap(wrapped))).toEqual(secret);
    expect(await safe.refusal()).toBeNull();
    expect(sent).toHaveLength(3);
  });

  it('is closed without a store', async () => {
    const { safe } = road(() => store('basic_text'));
    expect(await safe.refusal()).toBe('plain_text');
    const refused = { code: 'no_system_store', params: { why: 'plain_text' } };
    await expect(safe.wrap(randomBytes(32))).rejects.toMatchObject(refused);
    await expect(safe.unwrap(randomBytes(32))).rejects.toMatchObject(refused);
  });

  it('says when another computer, or another program, locked it', async () => {
    const { safe } = road(() => store('gnome_libsecret'));
    await expect(safe.unwrap(Buffer.from('v10 elsewhere'))).rejects.toMatchObject({ code: 'key_elsewhere' });
    await expect(safe.unwrap(Buffer.from('v11}"password"{'))).rejects.toMatchObject({ code: 'key_elsewhere' });
  });

  it('says when the store fails to lock', async () => {
    const broken = {
      ...store('gnome_libsecret'),
      encryptString: () => {
        throw new Error('no');
      },
    };
    const refused = { code: 'no_system_store', params: { why: 'unavailable' } };
    await expect(road(() => broken).safe.wrap(randomBytes(32))).rejects.toMatchObject(refused);
  });

  it('drops answers that nobody waits for', () => {
    const answer: SafeAnswer = { what: 'bytes', bytes: 'AAAA' };
    expect(() => road(() => store('x')).safe.receive(7, answer)).not.toThrow();
  });

  it.each([
    { type: 'safe', requestId: 1, ask: { what: 'unwrap', bytes: 'not base64!' } },
    { type: 'safe', requestId: 1, ask: { what: 'wrap', bytes: 'A'.repeat(4000) } },
    { type: 'safe', requestId: 1, ask: { what: 'unwrap', bytes: 'AAAA', file: '/etc/passwd' } },
    { type: 'safe', requestId: 'x', ask: { what: 'refusal' } },
    { type: 'safe', requestId: 1, ask: { what: 'dump' } },
  ])('takes no message like %j', (message) => {
    expect(fromHost.safeParse(message).success).toBe(false);
  });
});
