import type { ReactNode } from 'react';

interface SettingProps {
  title: string;
  hint?: string;
  children: ReactNode;
}

/** One line of the settings: what it is, what it does, and the control at the right. */
export function Setting({ title, hint, children }: SettingProps) {
  return (
    <section className="setting">
      <div className="grow">
        <h2>{title}</h2>
        {hint ? <p className="t3 s12">{hint}</p> : null}
      </div>
      {children}
    </section>
  );
}
