import { useTranslation } from 'react-i18next';
import { useDelayed } from './use-delayed.ts';

/** A wait in words. Shown only when it lasts, so that quick answers do not flicker. */
export function Waiting({ text }: { text?: string }) {
  const { t } = useTranslation();
  const shown = useDelayed(200);
  return (
    <p className="waiting t3" role="status">
      {shown ? (text ?? t('common.loading')) : ''}
    </p>
  );
}
