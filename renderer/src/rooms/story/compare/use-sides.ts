/** The two texts that are compared: versions of the story, or its draft as it stands in the editor. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ArticleDocJson, StoryVersion } from '../../../../../core/model/contract/index.ts';
import { api } from '../../../client/client.ts';
import type { SideName } from './side-name.ts';
import type { StorySession } from '../use-story-session.ts';

export interface Side {
  name: SideName;
  version: StoryVersion | null;
  title: string;
  doc: ArticleDocJson;
}

/** The draft, read again whenever the editor's text changes. */
function useDraft({ editor, title }: StorySession): { title: string; doc: ArticleDocJson } {
  const [doc, setDoc] = useState(() => editor.getJSON() as ArticleDocJson);
  useEffect(() => {
    const read = () => setDoc(editor.getJSON() as ArticleDocJson);
    editor.on('update', read);
    return () => {
      editor.off('update', read);
    };
  }, [editor]);
  return { title, doc };
}

function useVersionDoc(storyId: string, version: StoryVersion | undefined) {
  return useQuery({
    ...api.stories.version.queryOptions({ input: { storyId, hash: version?.hash ?? '' } }),
    enabled: version !== undefined,
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export interface Sides {
  versions: StoryVersion[];
  a: Side | null;
  b: Side | null;
  error: unknown;
}

/** Null where a side is not there yet; `error` when it cannot come. */
export function useSides(session: StorySession, names: { a: SideName; b: SideName }): Sides {
  const { storyId } = session.story;
  const list = useQuery(api.stories.versions.queryOptions({ input: { storyId } }));
  const versions = [...(list.data ?? [])].sort((x, y) => y.n - x.n);
  const draft = useDraft(session);
  const versionOf = (name: SideName) => versions.find((version) => version.n === name);
  const docs = { a: useVersionDoc(storyId, versionOf(names.a)), b: useVersionDoc(storyId, versionOf(names.b)) };
  const side = (name: SideName, loaded: (typeof docs)['a']): Side | null => {
    if (name === 'draft') return { name, version: null, ...draft };
    const version = versionOf(name);
    return version && loaded.data ? { name, version, title: loaded.data.title, doc: loaded.data.doc } : null;
  };
  return {
    versions,
    a: side(names.a, docs.a),
    b: side(names.b, docs.b),
    error: list.error ?? docs.a.error ?? docs.b.error,
  };
}
