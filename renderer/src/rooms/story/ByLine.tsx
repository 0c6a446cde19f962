import type { Story } from '../../../../core/model/contract/index.ts';
import { useView } from '../../app/view.ts';
import { formatWhen } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useNow } from '../../ui/use-now.ts';

/** Reading speed of Chinese text, characters a minute (the usual figure for adults is 300 to 500). */
const READING_SPEED = 400;

/** Under the headline: who changed it last, and how long it takes to read. */
export function ByLine({ story }: { story: Story }) {
  // Asked for here: the count changes while somebody types, and the room around must not be drawn anew for it.
  const words = useView((s) => s.words);
  const { t, language } = useText();
  const now = useNow();
  return (
    <div className="by">
      <span>
        {t('story.changedBy', {
          name: story.updatedBy.name,
          time: formatWhen(story.updatedAt, now, language),
        })}
      </span>
      {words ? (
        <span className="push row">
          <Icon name="clock" size={14} />
          {t('story.readTime', { minutes: Math.max(1, Math.round(words / READING_SPEED)) })}
        </span>
      ) : null}
    </div>
  );
}
