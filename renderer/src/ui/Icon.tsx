import { ICON_PATHS, type IconName } from './icon-paths.ts';

export type { IconName };

interface IconProps {
  name: IconName;
  /** Pixels of the square box; 16 unless told. */
  size?: 12 | 14 | 16 | 20 | 28;
  className?: string;
}

/** A line icon. Always an ornament: the word or the control's name beside it carries the meaning. */
export function Icon({ name, size = 16, className }: IconProps) {
  return (
    <svg
      className={className ? `i ${className}` : 'i'}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      aria-hidden="true"
      focusable="false"
      dangerouslySetInnerHTML={{ __html: ICON_PATHS[name] }}
    />
  );
}

/** The studio's mark. Without a label it is an ornament beside the name. */
export function Brand({ label }: { label?: string }) {
  return (
    <svg
      className="brand"
      viewBox="0 0 32 32"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <rect width="32" height="32" rx="8" fill="var(--brand)" />
      <g fill="none" stroke="var(--on-brand)" strokeWidth="2" strokeLinecap="round">
        <circle cx="16" cy="16" r="3.25" />
        <path d="M16 8.75a7.25 7.25 0 1 1-7.25 7.25" />
      </g>
      <circle cx="10.4" cy="10.4" r="1.75" fill="var(--on-brand)" />
    </svg>
  );
}
