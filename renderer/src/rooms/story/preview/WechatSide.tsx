import { useSession } from '../../../app/session.ts';
import { useText } from '../../../i18n/use-text.ts';
import type { StorySession } from '../use-story-session.ts';
import { PhonePreview } from './PhonePreview.tsx';
import { useCopy } from './use-preview.ts';
import { useWechat } from './use-wechat.ts';

interface WechatSideProps {
  session: StorySession;
  /** The phone is shown; the measure goes to the status bar either way. */
  open: boolean;
  editable: boolean;
}

/**
 * The story as an official account would have it. A part of its own, so that what it finds at each pause in the typing
 * draws the phone anew and not the room around it.
 */
export function WechatSide({ session, open, editable }: WechatSideProps) {
  const { t } = useText();
  const view = useWechat(session.editor, session.title);
  const { copying, copy } = useCopy(view);
  const office = useSession().workspace.name;
  if (!open || !view) return null;
  return (
    <PhonePreview
      editor={session.editor}
      view={view}
      title={session.title || t('stories.untitled')}
      account={office}
      editable={editable}
      copying={copying}
      onCopy={copy}
      beforeChange={() => session.snapshot('replace')}
    />
  );
}
