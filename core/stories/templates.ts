/** Story templates: those of the program, which stay as they are, and the office's own, which it may change. */
import type { Kysely, Selectable } from 'kysely';
import { actorOf, type Call } from '../call.ts';
import { openPrompts, type ArticleDoc, inlineText } from '../model/article/index.ts';
import type { ArticleDocJson, StoryTemplate, StoryTemplateSummary } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import type { Database, StoryTemplateTable } from '../ports/index.ts';
import { BUILT_IN, builtInTemplates, type BuiltInTemplate } from './built-in-templates.ts';
import { makeContent, readContent } from './content.ts';

type TemplateRow = Selectable<StoryTemplateTable>;

/** Headings, for a look at what the template asks for. */
const outlineOf = (doc: ArticleDoc): string[] => doc.content.filter(({ type }) => type === 'heading').map(inlineText);

function toTemplate(from: Omit<BuiltInTemplate, 'doc'> & { doc: ArticleDoc; updatedAt: number | null }): StoryTemplate {
  const { templateId, name, use, title, doc, updatedAt } = from;
  const builtIn = templateId.startsWith(BUILT_IN);
  return { templateId, name, use, builtIn, outline: outlineOf(doc), prompts: openPrompts(doc), updatedAt, title, doc };
}

function fromRow(row: TemplateRow): StoryTemplate {
  const { title, doc } = readContent(row.content);
  return toTemplate({ templateId: row.id, name: row.name, use: row.purpose, title, doc, updatedAt: row.updated_at });
}

/** The office's own first, by name; then the program's in their order. */
export async function listTemplates(call: Call): Promise<StoryTemplateSummary[]> {
  const rows = await call.db.selectFrom('story_template').selectAll().orderBy('name').orderBy('id').execute();
  const all = [...rows.map(fromRow), ...builtInTemplates().map((one) => toTemplate({ ...one, updatedAt: null }))];
  return all.map(({ title: _title, doc: _doc, ...summary }) => summary);
}

/** Error: unknown_id. */
export async function getTemplate(db: Kysely<Database>, templateId: string): Promise<StoryTemplate> {
  const own = builtInTemplates().find((one) => one.templateId === templateId);
  if (own) return toTemplate({ ...own, updatedAt: null });
  const row = await db.selectFrom('story_template').selectAll().where('id', '=', templateId).executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: templateId });
  return fromRow(row);
}

/** The program's templates are nobody's to change; a copy of one is. */
function refuseBuiltIn(templateId: string): void {
  if (templateId.startsWith(BUILT_IN))
    throw new StudioError('bad_input', { what: `templateId: ${templateId} is built in` });
}

/** Makes a template, or changes one of the office's. Errors: unknown_id, bad_article, bad_input for a built-in one. */
export async function saveTemplate(
  call: Call,
  input: { templateId?: string | undefined; name: string; use: string; title: string; doc: ArticleDocJson },
): Promise<StoryTemplate> {
  const { content } = makeContent(input.title, input.doc);
  const { userId } = actorOf(call);
  const now = call.machine.clock.now();
  const values = { name: input.name, purpose: input.use, content, updated_by: userId, updated_at: now };
  const templateId = input.templateId ?? call.machine.newId();
  if (input.templateId === undefined) {
    const row = { id: templateId, created_by: userId, created_at: now, ...values };
    await call.db.insertInto('story_template').values(row).execute();
  } else {
    refuseBuiltIn(templateId);
    const changed = await call.db
      .updateTable('story_template')
      .set(values)
      .where('id', '=', templateId)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) throw new StudioError('unknown_id', { id: templateId });
  }
  call.audit({ action: 'template.save', subject: templateId, data: { name: input.name } });
  return getTemplate(call.db, templateId);
}

/** Errors: unknown_id, bad_input for a built-in one. Stories made from it stay. */
export async function removeTemplate(call: Call, templateId: string): Promise<void> {
  refuseBuiltIn(templateId);
  const gone = await call.db.deleteFrom('story_template').where('id', '=', templateId).executeTakeFirst();
  if (gone.numDeletedRows === 0n) throw new StudioError('unknown_id', { id: templateId });
  call.audit({ action: 'template.remove', subject: templateId, data: {} });
}
