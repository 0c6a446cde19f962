import type { OfficePlatform } from '../../../../../core/model/contract/index.ts';
import type { PlatformProfile } from '../../../../../core/model/platforms/profile.ts';
import { client } from '../../../client/client.ts';
import { jsonOf } from '../../../client/json-file.ts';
import { askFiles } from '../../../client/sources.ts';
import { inOneLine, useText } from '../../../i18n/use-text.ts';
import { toast } from '../../../ui/toast.tsx';
import { toldBy } from './use-platform-draft.ts';
import { usePlatformWords } from './use-platform-words.ts';

/** A profile is about ten kilobytes; what is larger is something else. */
const MAX_FILE_BYTES = 256 * 1024;

/** What can be done with platforms besides changing their numbers, each told by a toast. */
export function usePlatformActs() {
  const { t, explain, language } = useText();
  const words = usePlatformWords();
  const nameOf = ({ profile }: OfficePlatform): string =>
    (profile as unknown as PlatformProfile).name[language === 'en' ? 'en' : 'zh'];
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const [first] = toldBy(error);
      const text = first
        ? t('platforms.refused', { where: words.place(first.place), place: first.place, why: words.problem(first) })
        : inOneLine(explain(error), language);
      toast(text, { icon: 'alert' });
    }
  };
  const kept = (one: OfficePlatform) => {
    toast(t('platforms.kept', { name: nameOf(one) }), { icon: 'okc' });
  };
  /** Puts back what was given back or removed. */
  const undo = (one: OfficePlatform) => ({
    label: t('common.act.undo'),
    run: () => void run(async () => kept(await client.platforms.save({ profile: one.profile, base: null }))),
  });
  return {
    kept,
    giveBack: (one: OfficePlatform, name: string) =>
      run(async () => {
        await client.platforms.giveBack({ target: one.target, base: one.revision });
        toast(t('platforms.givenBack', { name }), { action: undo(one) });
      }),
    remove: (one: OfficePlatform, name: string) =>
      run(async () => {
        await client.platforms.remove({ target: one.target, base: one.revision });
        toast(t('platforms.removed', { name }), { action: undo(one) });
      }),
    exportFile: (target: string) =>
      run(async () => {
        const { file } = await client.platforms.export({ target });
        toast(t('platforms.exported', { file }), { icon: 'okc' });
      }),
    /** A file of a platform that is here already is its next form. */
    bringIn: (all: readonly OfficePlatform[]) =>
      run(async () => {
        const [file] = await askFiles(['json'], false);
        if (!file) return;
        const profile = await jsonOf(file, MAX_FILE_BYTES);
        if (!profile) {
          toast(t('platforms.notAProfile', { name: file.name }), { icon: 'alert' });
          return;
        }
        const base = all.find(({ target }) => target === profile['target'])?.revision ?? null;
        kept(await client.platforms.save({ profile, base }));
      }),
  };
}
