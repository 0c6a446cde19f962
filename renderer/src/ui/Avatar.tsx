import { initialOf, tintOf } from '../format/people.ts';

/** A person's letter on their tint. An ornament: the name stands beside it or on the control around it. */
export function Avatar({ name, size = 'md' }: { name: string; size?: 'md' | 'lg' | 'xl' }) {
  const sizeClass = size === 'md' ? '' : ` ${size}`;
  return (
    <span className={`av p${String(tintOf(name))}${sizeClass}`} aria-hidden="true">
      {initialOf(name)}
    </span>
  );
}
