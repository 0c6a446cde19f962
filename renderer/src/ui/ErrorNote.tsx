import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { Icon } from './Icon.tsx';

/** An error where it happened: the sentence, the way out, and what can be done about it. */
export function ErrorNote({ error, children }: { error: unknown; children?: ReactNode }) {
  const { explain } = useText();
  const { message, hint } = explain(error);
  return (
    <div className="notice need" role="alert">
      <Icon name="alert" />
      <div>
        <b>{message}</b>
        <p>{hint}</p>
        {children ? <div className="row notice-acts">{children}</div> : null}
      </div>
    </div>
  );
}
