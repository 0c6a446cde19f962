import { sql, type Insertable } from 'kysely';
import { expect, it } from 'vitest';
import type { AssetTable, Database, DatabaseHandle, StoryTable } from '../../core/ports/index.ts';
import { MIGRATION_NAMES } from '../../core/platform/db/migrations/index.ts';
import { describeOnBoth } from '../support/databases.ts';

const AT = 1_790_000_000_000;
const HASH = 'a'.repeat(64);

const USER = { id: 'u1', name: '李雷', role: 'admin', failed_attempts: 0, disabled: 0, created_at: AT } as const;

function storyRow(id: string, patch: Partial<Insertable<StoryTable>> = {}): Insertable<StoryTable> {
  return {
    id,
    title: '标题',
    state: 'writing',
    created_by: 'u1',
    created_at: AT,
    updated_by: 'u1',
    updated_at: AT,
    version_no: 1,
    words: 2,
    images: 0,
    excerpt: '',
    cover_asset_id: null,
    removed_at: null,
    draft: '{}',
    draft_hash: HASH,
    draft_saved_at: AT,
    ...patch,
  };
}

function assetRow(id: string, patch: Partial<Insertable<AssetTable>> = {}): Insertable<AssetTable> {
  return {
    id,
    kind: 'video',
    sha256: HASH,
    name: 'a.mp4',
    bytes: 1,
    mime: 'video/mp4',
    duration_us: 1,
    width: 1,
    height: 1,
    rotation: 0,
    frame_rate: '25',
    variable: 0,
    video_codec: 'h264',
    audio_tracks: 1,
    has_alpha: 0,
    problems: '[]',
    created_by: 'u1',
    created_at: AT,
    removed_at: null,
    ...patch,
  };
}

const event = (n: number) => ({
  at: AT,
  actor_id: 'u1',
  action: 'x',
  subject: 's',
  data: '{}',
  prev_hash: String(n),
  hash: String(n + 1),
});

async function withUser(handle: DatabaseHandle): Promise<DatabaseHandle> {
  await handle.kysely
    .insertInto('user_account')
    .values({ ...USER, pin_hash: null, locked_until: null })
    .execute();
  return handle;
}

async function put(handle: DatabaseHandle, key: string, value: string): Promise<void> {
  await handle.kysely.insertInto('setting').values({ key, value }).execute();
}

async function get(handle: DatabaseHandle, key: string): Promise<string | undefined> {
  const row = await handle.kysely.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describeOnBoth('opening', (open) => {
  it('makes every table, and the engine finds nothing amiss', async () => {
    const handle = await open();
    const tables: (keyof Database)[] = [
      'setting',
      'user_account',
      'story',
      'story_version',
      'asset',
      'asset_story',
      'job',
      'audit_event',
    ];
    for (const table of tables) expect(await handle.kysely.selectFrom(table).selectAll().execute()).toEqual([]);
    expect(await handle.integrity()).toEqual([]);
    expect(handle.version).toMatch(/^(SQLite|PostgreSQL) \d+\.\d+/);
  });

  it('opens again with its content, and twice at once', async () => {
    const first = await open();
    await put(first, 'k', 'v');
    await first.close();
    const [a, b] = await Promise.all([open(), open()]);
    expect(await get(a, 'k')).toBe('v');
    expect(await get(b, 'k')).toBe('v');
    const { rows } = await sql<{ name: string }>`select name from schema_migration`.execute(a.kysely);
    expect(rows.map(({ name }) => name)).toEqual(MIGRATION_NAMES);
  });

  it('brings a database of the first version up, with what is in it', async () => {
    const first = await open();
    await put(first, 'k', 'v');
    const later = ['package', 'review_comment', 'review_act', 'review_round', 'video_version', 'video_edit'];
    for (const table of [
      'lut',
      'office_pack',
      'frozen_profile',
      'platform_revision',
      'wechat_theme',
      'story_template',
      ...later,
      'video_project',
    ])
      await first.kysely.schema.dropTable(table).execute();
    await sql`delete from schema_migration where name <> '0001_base'`.execute(first.kysely);
    await first.close();
    const again = await open();
    expect(await get(again, 'k')).toBe('v');
    expect(await again.kysely.selectFrom('video_project').selectAll().execute()).toEqual([]);
    expect(await again.integrity()).toEqual([]);
  });

  it('refuses a database that a newer program wrote, and leaves it as it is', async () => {
    const first = await open();
    await put(first, 'k', 'v');
    await sql`insert into schema_migration (name, timestamp) values ('9999_future', '2030')`.execute(first.kysely);
    await expect(open()).rejects.toMatchObject({ code: 'workspace_newer', details: { migrations: ['9999_future'] } });
    expect(await get(first, 'k')).toBe('v');
  });

  it('reports a missing table and a missing audit trigger', async () => {
    const handle = await open();
    await sql`drop table asset_story`.execute(handle.kysely);
    await sql
      .raw(`drop trigger audit_event_no_delete${handle.dialect === 'postgres' ? ' on audit_event' : ''}`)
      .execute(handle.kysely);
    expect(await handle.integrity()).toEqual([
      'table asset_story is missing',
      'trigger audit_event_no_delete is missing',
    ]);
  });
});

describeOnBoth('constraints', (open) => {
  it('holds names, hashes and version numbers unique', async () => {
    const { kysely } = await withUser(await open());
    const user = { ...USER, pin_hash: null, locked_until: null };
    await expect(
      kysely
        .insertInto('user_account')
        .values({ ...user, id: 'u2' })
        .execute(),
    ).rejects.toThrow(/unique/i);
    await kysely.insertInto('asset').values(assetRow('a1')).execute();
    await expect(kysely.insertInto('asset').values(assetRow('a2')).execute()).rejects.toThrow(/unique/i);
    await kysely.insertInto('story').values(storyRow('s1')).execute();
    const version = {
      story_id: 's1',
      n: 1,
      hash: HASH,
      content: '{}',
      title: '',
      words: 0,
      reason: 'created',
      name: null,
      created_by: 'u1',
      created_at: AT,
    } as const;
    await kysely.insertInto('story_version').values(version).execute();
    await expect(kysely.insertInto('story_version').values(version).execute()).rejects.toThrow(/unique/i);
  });

  it('refuses rows that point nowhere', async () => {
    const { kysely } = await withUser(await open());
    await expect(
      kysely
        .insertInto('story')
        .values(storyRow('s1', { created_by: 'nobody' }))
        .execute(),
    ).rejects.toThrow(/foreign key/i);
    await kysely.insertInto('story').values(storyRow('s1')).execute();
    await expect(
      kysely.insertInto('asset_story').values({ asset_id: 'none', story_id: 's1' }).execute(),
    ).rejects.toThrow(/foreign key/i);
    await kysely.insertInto('asset').values(assetRow('a1')).execute();
    await kysely.insertInto('asset_story').values({ asset_id: 'a1', story_id: 's1' }).execute();
    await expect(kysely.deleteFrom('story').where('id', '=', 's1').execute()).rejects.toThrow(/foreign key/i);
  });

  it.each([
    ['an unknown state', { state: 'lost' }],
    ['text where a number belongs', { words: 'many' }],
    ['a fraction where a whole number belongs', { words: 1.5 }],
    ['null where a value belongs', { draft: null }],
    ['a boolean where a number belongs', { words: true }],
  ])('refuses %s', async (_, patch) => {
    const { kysely } = await withUser(await open());
    const row = { ...storyRow('s1'), ...patch } as Insertable<StoryTable>;
    await expect(kysely.insertInto('story').values(row).execute()).rejects.toThrow();
    expect(await kysely.selectFrom('story').select('id').execute()).toEqual([]);
  });

  it('refuses to change or remove an audit row by any statement', async () => {
    const { kysely, dialect } = await open();
    await kysely
      .insertInto('audit_event')
      .values([event(0), event(1)])
      .execute();
    const before = await kysely.selectFrom('audit_event').selectAll().orderBy('seq').execute();
    expect(before.map((row) => row.seq)).toEqual([1, 2]);
    const attempts = [
      kysely.updateTable('audit_event').set({ data: '{"a":1}' }).where('seq', '=', 1).compile(),
      kysely.deleteFrom('audit_event').where('seq', '=', 1).compile(),
      dialect === 'sqlite'
        ? sql`insert or replace into audit_event (seq, at, actor_id, action, subject, data, prev_hash, hash)
            values (1, 0, '', '', '', '', 'z', 'z')`.compile(kysely)
        : sql`truncate audit_event`.compile(kysely),
    ];
    for (const attempt of attempts)
      await expect(kysely.executeQuery(attempt)).rejects.toThrow('audit_event is append-only');
    await expect(kysely.insertInto('audit_event').values(event(1)).execute()).rejects.toThrow(/unique/i);
    expect(await kysely.selectFrom('audit_event').selectAll().orderBy('seq').execute()).toEqual(before);
  });
});

describeOnBoth('transactions', (open) => {
  it('leaves nothing of a transaction that threw, and goes on', async () => {
    const handle = await open();
    const attempt = handle.kysely.transaction().execute(async (trx) => {
      await trx.insertInto('setting').values({ key: 'k', value: 'v' }).execute();
      throw new Error('stop');
    });
    await expect(attempt).rejects.toThrow('stop');
    expect(await get(handle, 'k')).toBeUndefined();
    await put(handle, 'k', 'w');
    expect(await get(handle, 'k')).toBe('w');
  });

  it('does not commit what followed a failed statement, even when its error was caught', async () => {
    const handle = await open();
    await put(handle, 'taken', '');
    const attempt = handle.kysely.transaction().execute(async (trx) => {
      await trx.insertInto('setting').values({ key: 'before', value: '' }).execute();
      await trx
        .insertInto('setting')
        .values({ key: 'taken', value: '' })
        .execute()
        .catch(() => undefined);
      await expect(trx.insertInto('setting').values({ key: 'after', value: '' }).execute()).rejects.toThrow(
        'rolled back',
      );
    });
    await expect(attempt).rejects.toThrow('cannot be committed');
    expect(await handle.kysely.selectFrom('setting').select('key').execute()).toEqual([{ key: 'taken' }]);
    await put(handle, 'next', 'works');
    expect(await get(handle, 'next')).toBe('works');
  });

  it('runs transactions on one handle one after another', async () => {
    const handle = await open();
    await put(handle, 'n', '0');
    const add = () =>
      handle.kysely.transaction().execute(async (trx) => {
        const { value } = await trx
          .selectFrom('setting')
          .select('value')
          .where('key', '=', 'n')
          .executeTakeFirstOrThrow();
        await pause(2);
        await trx
          .updateTable('setting')
          .set({ value: String(Number(value) + 1) })
          .where('key', '=', 'n')
          .execute();
      });
    await Promise.all(Array.from({ length: 25 }, add));
    expect(await get(handle, 'n')).toBe('25');
  });

  it('shows nobody what is not committed', async () => {
    const writer = await open();
    const reader = await open();
    await put(writer, 'k', 'old');
    await writer.kysely.transaction().execute(async (trx) => {
      await trx.updateTable('setting').set({ value: 'new' }).execute();
      expect(await get(reader, 'k')).toBe('old');
    });
    expect(await get(reader, 'k')).toBe('new');
  });
});

describeOnBoth('values', (open) => {
  it('gives back whole numbers beyond 2^31 as numbers, also when summed and counted', async () => {
    const { kysely } = await withUser(await open());
    const bytes = 2 ** 42 + 1;
    await kysely
      .insertInto('asset')
      .values([
        assetRow('a1', { bytes, duration_us: 2 ** 52 }),
        assetRow('a2', { bytes, sha256: 'b'.repeat(64), duration_us: null }),
      ])
      .execute();
    const rows = await kysely
      .selectFrom('asset')
      .select(['bytes', 'duration_us', 'created_at'])
      .orderBy('id')
      .execute();
    expect(rows).toStrictEqual([
      { bytes, duration_us: 2 ** 52, created_at: AT },
      { bytes, duration_us: null, created_at: AT },
    ]);
    const total = await kysely
      .selectFrom('asset')
      .select((eb) => [eb.fn.sum<number>('bytes').as('sum'), eb.fn.countAll<number>().as('count')])
      .executeTakeFirstOrThrow();
    expect(total).toStrictEqual({ sum: 2 * bytes, count: 2 });
  });

  it('gives back any text, and sorts it by its bytes', async () => {
    const handle = await open();
    const texts = ['同心县', '👩‍👩‍👧‍👦 🇨🇳', '𠮷野家', "'; drop table story; --", 'é e\u0301', '\u202e\r\n\t', ''];
    for (const [index, text] of texts.entries()) {
      await put(handle, `k${String(index)}`, text);
      expect(await get(handle, `k${String(index)}`)).toBe(text);
    }
    await handle.kysely.deleteFrom('setting').execute();
    for (const key of ['b', 'A', 'a', '中', 'B', '\u{20bb7}', '\uff21']) await put(handle, key, '');
    const sorted = await handle.kysely.selectFrom('setting').select('key').orderBy('key').execute();
    expect(sorted.map((row) => row.key)).toEqual(['A', 'B', 'a', 'b', '中', '\uff21', '\u{20bb7}']);
  });

  it('refuses U+0000, which neither engine gives back', async () => {
    const handle = await open();
    await expect(put(handle, 'k', 'a\0b')).rejects.toMatchObject({ code: 'bad_input' });
    expect(await get(handle, 'k')).toBeUndefined();
  });

  it.each([[undefined], [Number.NaN]])('refuses %s as a value', async (value) => {
    const { kysely } = await open();
    await expect(sql`select ${value} as v`.execute(kysely)).rejects.toThrow('cannot be stored');
  });
});
