import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { Btn, IconBtn } from './Btn.tsx';
import { Icon, type IconName } from './Icon.tsx';
import './toast.css';

/** At most this many at once, each for this long (the design notes: "toast at most 2, 6 s"). */
const MOST = 2;
const STAY_MS = 6000;

export interface Toast {
  id: number;
  text: string;
  icon: IconName;
  action?: { label: string; run: () => void };
}

interface Toasts {
  list: Toast[];
  close: (id: number) => void;
}

const useToasts = create<Toasts>((set) => ({
  list: [],
  close: (id) => set((s) => ({ list: s.list.filter((t) => t.id !== id) })),
}));

let last = 0;

/**
 * Says something that happened, with one thing to do about it at most (usually undo). The answer takes it
 * back early: "importing…" goes when it is done.
 */
export function toast(text: string, options: { icon?: IconName; action?: Toast['action'] } = {}): () => void {
  last += 1;
  const next: Toast = {
    id: last,
    text,
    icon: options.icon ?? 'okc',
    ...(options.action ? { action: options.action } : {}),
  };
  useToasts.setState((s) => ({ list: [...s.list, next].slice(-MOST) }));
  return () => useToasts.getState().close(next.id);
}

function ToastView({ item }: { item: Toast }) {
  const { t } = useTranslation();
  const close = useToasts((s) => s.close);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => close(item.id), STAY_MS);
    return () => clearTimeout(timer);
  }, [held, close, item.id]);
  return (
    <div
      className="toast"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={item.icon} />
      <span className="wrap">{item.text}</span>
      {item.action ? (
        <Btn
          kind="quiet"
          size="sm"
          onClick={() => {
            item.action?.run();
            close(item.id);
          }}
        >
          {item.action.label}
        </Btn>
      ) : null}
      <IconBtn icon="x" size="sm" label={t('frame.toast.close')} onClick={() => close(item.id)} />
    </div>
  );
}

/** Where toasts appear; once, at the root. */
export function ToastHost() {
  const list = useToasts((s) => s.list);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {list.map((item) => (
        <ToastView key={item.id} item={item} />
      ))}
    </div>
  );
}
