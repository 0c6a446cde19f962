import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCHEMA_DIR, schemaFiles } from '../../scripts/schemas.ts';

describe('docs/cli', () => {
  it.each(schemaFiles().map(({ name, text }) => [name, text]))('%s is current (npm run schemas)', (name, text) => {
    expect(readFileSync(path.join(SCHEMA_DIR, name), 'utf8')).toBe(text);
  });

  it('holds no schema of a command that is gone', () => {
    const found = readdirSync(SCHEMA_DIR).filter((name) => name.endsWith('.schema.json'));
    expect(found.sort()).toEqual(
      schemaFiles()
        .map(({ name }) => name)
        .sort(),
    );
  });
});
