import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { shortcutOf } from '../../../../commands/keys.ts';
import { useText } from '../../../../i18n/use-text.ts';
import { Icon } from '../../../../ui/Icon.tsx';
import { Kbd } from '../../../../ui/Kbd.tsx';
import type { Insertable } from '../cards/insertables.ts';
import { SLASH_LIST_ID, slashItemId } from './slash-menu.ts';
import type { SlashStore } from './slash-store.ts';

const WIDTH = 312;
/** Room the menu wants below the line; less, and it opens above. */
const HEIGHT = 360;
const GAP = 6;

function place(rect: DOMRect): React.CSSProperties {
  const left = Math.max(GAP, Math.min(rect.left, window.innerWidth - WIDTH - GAP));
  const below = window.innerHeight - rect.bottom;
  if (below >= HEIGHT || below >= rect.top) {
    return { left, top: rect.bottom + GAP, maxHeight: Math.min(HEIGHT, below - 2 * GAP) };
  }
  return { left, bottom: window.innerHeight - rect.top + GAP, maxHeight: Math.min(HEIGHT, rect.top - 2 * GAP) };
}

function Entry({ item, on, onChoose }: { item: Insertable; on: boolean; onChoose: () => void }) {
  const { t } = useText();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (on) element.current?.scrollIntoView({ block: 'nearest' });
  }, [on]);
  const shortcut = item.command ? shortcutOf(item.command) : undefined;
  return (
    <div
      ref={element}
      id={slashItemId(item.id)}
      className="slash-item"
      role="option"
      aria-selected={on}
      // The text keeps the focus and its selection.
      onMouseDown={(e) => e.preventDefault()}
      onClick={onChoose}
    >
      <span className="ic">
        <Icon name={item.icon} />
      </span>
      <span>
        {t(`editor.insert.${item.id}`)}
        <small>{t(`editor.insertHint.${item.id}`)}</small>
      </span>
      {shortcut ? <Kbd keys={shortcut} /> : null}
    </div>
  );
}

/** The menu a "/" opens, beside the cursor. The keys are handled by the text (slash-menu.ts). */
export function SlashList({ store }: { store: SlashStore }) {
  const { t } = useText();
  const { open, items, selected, rect, choose, query } = useStore(store);
  if (!open || !rect) return null;
  return (
    <div className="slash-menu" style={place(rect)} data-overlay>
      <div
        className="slash-items scroll"
        role="listbox"
        tabIndex={0}
        id={SLASH_LIST_ID}
        aria-label={t('editor.insertMenu.label')}
      >
        {items.map((item, i) => (
          <div key={item.id} role="presentation">
            {query === '' && items[i - 1]?.group !== item.group ? (
              <div className="slash-group" role="presentation">
                {t(`editor.insertMenu.${item.group}`)}
              </div>
            ) : null}
            <Entry item={item} on={i === selected} onChoose={() => choose?.(item)} />
          </div>
        ))}
      </div>
      {items.length === 0 ? <p className="slash-none t3">{t('editor.insertMenu.none', { query })}</p> : null}
      <div className="slash-foot" aria-hidden="true">
        <span>
          <Kbd keys="↑↓" />
          {t('editor.insertMenu.pick')}
        </span>
        <span>
          <Kbd keys="Enter" />
          {t('editor.insertMenu.insert')}
        </span>
        <span>
          <Kbd keys="Esc" />
          {t('editor.insertMenu.close')}
        </span>
      </div>
    </div>
  );
}
