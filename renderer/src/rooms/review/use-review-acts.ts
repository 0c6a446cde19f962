/** What can be done to a round; every act makes the lists be read anew and says what went wrong as a sentence. */
import { useCallback, useState } from 'react';
import { api, client, queryClient } from '../../client/client.ts';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { toast } from '../../ui/toast.tsx';

/** Everything that shows a round. The events say it too; after one's own act the screen must not wait for them. */
export function refreshReview(): Promise<unknown> {
  return Promise.all(
    [api.review.key(), api.comments.key(), api.desk.key(), api.packages.check.key(), api.stories.list.key()].map(
      (queryKey) => queryClient.invalidateQueries({ queryKey }),
    ),
  );
}

/** Runs one act at a time; `busy` names it. The answer of `run` is null when it did not work. */
export function useAct<Name extends string>() {
  const { explain, language } = useText();
  const [busy, setBusy] = useState<Name | null>(null);
  const run = useCallback(
    async <T>(name: Name, act: () => Promise<T>): Promise<T | null> => {
      setBusy(name);
      try {
        const answer = await act();
        await refreshReview();
        return answer;
      } catch (error) {
        toast(inOneLine(explain(error), language), { icon: 'alert' });
        return null;
      } finally {
        setBusy(null);
      }
    },
    [explain, language],
  );
  return { busy, run };
}

export const reviewActs = {
  submit: (storyId: string) => client.review.submit({ storyId }),
  sign: (storyId: string, manifestHash: string, opinion: string) =>
    client.review.sign({ storyId, manifestHash, opinion }),
  return: (storyId: string, reason: string) => client.review.return({ storyId, reason }),
  withdraw: (storyId: string, reason: string) => client.review.withdraw({ storyId, reason }),
  revoke: (storyId: string, reason: string) => client.review.revoke({ storyId, reason }),
};
