import { useNavigate } from '@tanstack/react-router';
import { useText } from '../i18n/use-text.ts';
import { Btn } from '../ui/Btn.tsx';
import { Empty } from '../ui/Empty.tsx';

/** In the place of a room that failed to draw. */
export function Crashed({ reset }: { reset?: () => void }) {
  const { t } = useText();
  const navigate = useNavigate();
  return (
    <main className="scroll" role="alert">
      <Empty icon="alert" title={t('common.crashed')} text={t('common.crashedHint')}>
        <Btn
          kind="primary"
          onClick={() => {
            reset?.();
            void navigate({ to: '/stories' });
          }}
        >
          {t('story.backToList')}
        </Btn>
      </Empty>
    </main>
  );
}
