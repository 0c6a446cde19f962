/** Small query pieces that several domains share. */
import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely';

/** Whether `column` contains `text` anywhere, letter case ignored, wildcards taken literally. */
export function containsText(column: Expression<string>, text: string): RawBuilder<SqlBool> {
  const pattern = `%${text.toLowerCase().replace(/[!%_]/g, (c) => `!${c}`)}%`;
  return sql<SqlBool>`lower(${column}) like ${pattern} escape '!'`;
}
