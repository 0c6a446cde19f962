/** The packs of the workspace and what can be done with them; each act is told by a toast. */
import { useQuery } from '@tanstack/react-query';
import type { Asset, OfficePackInfo } from '../../../../../core/model/contract/index.ts';
import { applyPack, removePack, type OfficePack } from '../../../../../core/model/office-pack/index.ts';
import { assetEntry } from '../../../../../core/model/timeline/asset.ts';
import type { TimelineAsset } from '../../../../../core/model/timeline/timeline.ts';
import { useWorkspace } from '../../../app/session.ts';
import { api, client, queryClient } from '../../../client/client.ts';
import { jsonOf } from '../../../client/json-file.ts';
import { askFiles } from '../../../client/sources.ts';
import { useText } from '../../../i18n/use-text.ts';
import { toast } from '../../../ui/toast.tsx';
import { useRunning } from '../../../ui/use-running.ts';
import { useCut } from '../use-cut.ts';

/** A pack file is a few kilobytes; what is larger is something else. */
const MAX_FILE_BYTES = 64 * 1024;

const entryOf = (asset: Asset): TimelineAsset => assetEntry(asset, asset.name);

/** The name of a pack in the language of the page. */
export function usePackName(): (pack: OfficePack) => string {
  const { language } = useText();
  return ({ name }) => (language === 'en' ? name.en : name.zh);
}

/** Reads a pack file and keeps it as one of the office's. */
async function bringInPack(notAPack: (name: string) => void): Promise<OfficePackInfo | null> {
  const [file] = await askFiles(['json'], false);
  if (!file) return null;
  const pack = await jsonOf(file, MAX_FILE_BYTES);
  if (pack) return client.officePacks.save({ pack });
  notAPack(file.name);
  return null;
}

/** Putting a pack into the open video, and taking it out. */
function useApply(run: ReturnType<typeof useRunning>['run']) {
  const { t } = useText();
  const { session, storyId } = useCut();
  const nameOf = usePackName();
  const office = useWorkspace().data?.workspace?.name ?? '';
  const story = useQuery(api.stories.get.queryOptions({ input: { storyId } })).data?.title ?? '';
  return {
    apply: (info: OfficePackInfo, mark: boolean) =>
      run(async () => {
        const { files, cards } = await client.officePacks.materials({ packId: info.packId });
        const operations = applyPack(session.getState().timeline, {
          ...{ packId: info.packId, pack: info.pack, name: nameOf(info.pack), mark },
          files: new Map(files.map((asset) => [asset.sha256, entryOf(asset)])),
          cards: new Map(cards.map(({ colour, asset }) => [colour, entryOf(asset)])),
          words: { office, story },
        });
        if (operations.length === 0) return void toast(t('pack.same'), { icon: 'info' });
        session.select(null);
        if (session.run(operations)) toast(t('pack.done', { name: nameOf(info.pack) }), { icon: 'okc' });
      }),
    takeOut: () => {
      session.select(null);
      if (session.run(removePack(session.getState().timeline))) toast(t('pack.removed'), { icon: 'okc' });
    },
  };
}

export function usePacks() {
  const { t } = useText();
  const { busy, run } = useRunning();
  const nameOf = usePackName();
  const list = useQuery(api.officePacks.list.queryOptions());
  const renewed = async <T>(done: T): Promise<T> => {
    await queryClient.invalidateQueries({ queryKey: api.officePacks.key() });
    return done;
  };
  return {
    list,
    busy,
    ...useApply(run),
    /** A new one, or the next state of `info`. */
    save: (pack: OfficePack, info: OfficePackInfo | null) =>
      run(async () => {
        const next = info ? { packId: info.packId, base: info.revision } : {};
        const made = await renewed(await client.officePacks.save({ pack, ...next }));
        toast(t('pack.saved', { name: nameOf(made.pack) }), { icon: 'okc' });
        return made;
      }),
    bringIn: () =>
      run(async () => {
        const made = await bringInPack((name) => toast(t('pack.notAPack', { name }), { icon: 'alert' }));
        if (made) toast(t('pack.imported', { name: nameOf(made.pack) }), { icon: 'okc' });
        return renewed(made);
      }),
    exportFile: ({ packId }: OfficePackInfo) =>
      run(async () => {
        const { file } = await client.officePacks.export({ packId });
        toast(t('pack.exported', { file }), { icon: 'okc' });
      }),
    remove: ({ packId, pack }: OfficePackInfo) =>
      run(async () => {
        await renewed(await client.officePacks.setRemoved({ packId, removed: true }));
        const back = () => client.officePacks.setRemoved({ packId, removed: false }).then(renewed);
        toast(t('pack.deleted', { name: nameOf(pack) }), {
          action: { label: t('common.act.undo'), run: () => void run(back) },
        });
        return true;
      }),
  };
}
