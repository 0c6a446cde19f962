import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

interface EmptyProps {
  title: string;
  text: string;
  /** A drawing of its own, or an icon for small ones. */
  art?: ReactNode;
  icon?: IconName;
  small?: boolean;
  children?: ReactNode;
}

/** What an empty list says: what is missing and what to do first. */
export function Empty({ title, text, art, icon, small = false, children }: EmptyProps) {
  return (
    <div className={small ? 'empty small' : 'empty'}>
      {art ??
        (icon ? (
          <span className="t3">
            <Icon name={icon} size={28} />
          </span>
        ) : null)}
      <h2>{title}</h2>
      <p>{text}</p>
      {children ? <div className="row empty-acts">{children}</div> : null}
    </div>
  );
}
