import { Link } from '@tanstack/react-router';
import type { InboxItem } from '../../../../core/model/contract/review.ts';
import { formatWhen } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Cover } from '../../ui/Cover.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useStageName } from './use-words.ts';

export const INBOX_GROUPS = ['waiting', 'submitted', 'seen'] as const;
export type InboxGroup = (typeof INBOX_GROUPS)[number];
export type InboxLists = Record<InboxGroup, InboxItem[]>;

/** Colour of a state beside its word. */
export const STATE_TONE: Record<InboxItem['state'], string> = {
  in_review: '',
  approved: 'tok',
  returned: 'ta',
  withdrawn: '',
  revoked: 'ta',
};

/** What an item says of itself below its title. */
export function useInboxWords() {
  const { t } = useText();
  const stageName = useStageName();
  return (item: InboxItem, group: InboxGroup): string => {
    if (item.stage === null || item.state !== 'in_review') return t(`review.state.${item.state}`);
    return t(group === 'waiting' ? 'review.yourTurn' : 'review.waitsFor', { stage: stageName(item.stage) });
  };
}

function Group({
  group,
  items,
  open,
  onGo,
}: {
  group: InboxGroup;
  items: InboxItem[];
  open: string;
  onGo?: () => void;
}) {
  const { t, language } = useText();
  const now = useNow();
  const words = useInboxWords();
  return (
    <section>
      <h2 className="gh">
        {t(`review.inbox.${group}`)}
        <span className="push">{items.length}</span>
      </h2>
      {items.length === 0 ? <p className="inbox-none">{t(`review.inbox.${group}Empty`)}</p> : null}
      {items.map((item) => (
        <Link
          key={item.roundId}
          to="/review/$storyId"
          params={{ storyId: item.storyId }}
          aria-current={item.storyId === open ? 'page' : undefined}
          {...(onGo ? { onClick: onGo } : {})}
        >
          <Cover key={item.coverAssetId} assetId={item.coverAssetId} />
          <span className="cut">{item.title || t('stories.untitled')}</span>
          <span className="z">
            <span className={STATE_TONE[item.state]}>{words(item, group)}</span>
            <span className="cut">{group === 'submitted' ? formatWhen(item.at, now, language) : item.by.name}</span>
          </span>
        </Link>
      ))}
    </section>
  );
}

interface InboxProps {
  lists: InboxLists;
  /** The story that is open. */
  open: string;
  /** A link was followed: the popover it stands in closes. */
  onGo?: () => void;
}

/** The three lists beside an open piece. */
export function Inbox({ lists, open, onGo }: InboxProps) {
  return (
    <>
      {INBOX_GROUPS.map((group) => (
        <Group key={group} group={group} items={lists[group]} open={open} {...(onGo ? { onGo } : {})} />
      ))}
    </>
  );
}
