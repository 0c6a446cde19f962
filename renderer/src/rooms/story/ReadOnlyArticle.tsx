import { useQuery } from '@tanstack/react-query';
import { EditorContent, useEditor, type JSONContent } from '@tiptap/react';
import type { ArticleDocJson } from '../../../../core/model/contract/index.ts';
import { api } from '../../client/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { articleExtensions } from './editor/extensions.ts';
import { Compare } from './compare/Compare.tsx';
import type { StorySession, Viewing } from './use-story-session.ts';

function Article({ title, doc }: { title: string; doc: ArticleDocJson }) {
  const { t } = useText();
  const editor = useEditor({
    extensions: articleExtensions(),
    content: doc as JSONContent,
    editable: false,
    editorProps: { attributes: { class: 'article', 'aria-label': t('story.bodyLabel') } },
  });
  return (
    <article className="doc">
      <h1 className="title-field">{title || t('stories.untitled')}</h1>
      <EditorContent editor={editor} />
    </article>
  );
}

function OneVersion({ storyId, hash }: { storyId: string; hash: string }) {
  const version = useQuery(api.stories.version.queryOptions({ input: { storyId, hash } }));
  if (version.data) return <Article key={hash} title={version.data.title} doc={version.data.doc} />;
  if (version.isError) return <ErrorNote error={version.error} />;
  return <Waiting />;
}

/** Another text of the story, to look at: an old version, what somebody else wrote, or two versions compared. */
export function ReadOnlyArticle({ session, viewing }: { session: StorySession; viewing: NonNullable<Viewing> }) {
  const { storyId } = session.story;
  if (viewing.kind === 'compare') return <Compare session={session} names={viewing} />;
  if (viewing.kind === 'version') return <OneVersion storyId={storyId} hash={viewing.hash} />;
  return <Article key={viewing.story.contentHash} title={viewing.story.title} doc={viewing.story.doc} />;
}
