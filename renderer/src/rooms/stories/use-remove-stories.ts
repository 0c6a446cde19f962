import { useCallback } from 'react';
import { api, client, queryClient } from '../../client/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { toast } from '../../ui/toast.tsx';

/** Removing stories can always be undone, so it is done at once and not asked about. */
export function useRemoveStories() {
  const { t, explain } = useText();
  const refresh = useCallback(() => queryClient.invalidateQueries({ queryKey: api.stories.key() }), []);
  const fail = useCallback((error: unknown) => toast(explain(error).message, { icon: 'alert' }), [explain]);

  const restore = useCallback(
    async (storyIds: string[]) => {
      try {
        await client.stories.unremove({ storyIds });
        await refresh();
        toast(t('stories.restored', { count: storyIds.length }));
      } catch (error) {
        fail(error);
      }
    },
    [refresh, fail, t],
  );

  const remove = useCallback(
    async (storyIds: string[]) => {
      try {
        await client.stories.remove({ storyIds });
        await refresh();
        toast(t('stories.removed', { count: storyIds.length }), {
          icon: 'trash',
          action: { label: t('common.act.undo'), run: () => void restore(storyIds) },
        });
      } catch (error) {
        fail(error);
      }
    },
    [refresh, restore, fail, t],
  );

  return { remove, restore };
}
