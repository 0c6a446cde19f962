import { useTranslation } from 'react-i18next';
import { isMac, shortcutParts } from '../commands/shortcut.ts';

/** A shortcut as the keys are labelled: `mod+Shift+I` is shown as "Ctrl Shift I". */
export function Kbd({ keys }: { keys: string }) {
  const { t } = useTranslation();
  const names: Record<string, string> = {
    mod: isMac ? t('frame.keys.cmd') : t('frame.keys.ctrl'),
    shift: t('frame.keys.shift'),
    alt: t('frame.keys.alt'),
    space: t('frame.keys.space'),
    delete: t('frame.keys.delete'),
    arrowleft: '←',
    arrowright: '→',
    arrowup: '↑',
    arrowdown: '↓',
  };
  const shown = shortcutParts(keys).map((part) => names[part.toLowerCase()] ?? part);
  return <kbd className="kbd">{shown.join(' ')}</kbd>;
}
