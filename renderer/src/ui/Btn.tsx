import { ActionIcon, Button, Tooltip, type ButtonProps } from '@mantine/core';
import type { ComponentPropsWithoutRef, ReactNode, Ref } from 'react';
import { Kbd } from './Kbd.tsx';
import { Icon, type IconName } from './Icon.tsx';

type Native = Omit<ComponentPropsWithoutRef<'button'>, 'color' | 'style'>;

interface BtnProps extends Native {
  /** `primary`: the one cinnabar action of a screen; `quiet`: no ground until hovered. */
  kind?: 'primary' | 'plain' | 'quiet';
  size?: 'xs' | 'sm' | 'md' | 'lg';
  icon?: IconName;
  after?: IconName;
  /** While set, the button says this instead, keeps its place and cannot be pressed. */
  busy?: string | false | undefined;
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

const VARIANT: Record<NonNullable<BtnProps['kind']>, string> = {
  primary: 'filled',
  plain: 'default',
  quiet: 'subtle',
};

/** A button with words. */
export function Btn({ kind = 'plain', size = 'md', icon, after, busy, children, disabled, ...rest }: BtnProps) {
  const sections: Partial<ButtonProps> = {
    ...(icon ? { leftSection: <Icon name={icon} size={size === 'xs' || size === 'sm' ? 14 : 16} /> } : {}),
    ...(after ? { rightSection: <Icon name={after} size={14} /> } : {}),
  };
  return (
    <Button
      type="button"
      variant={VARIANT[kind]}
      size={size}
      disabled={Boolean(disabled) || Boolean(busy)}
      aria-busy={busy ? true : undefined}
      {...sections}
      {...rest}
    >
      {busy || children}
    </Button>
  );
}

interface IconBtnProps extends Native {
  icon: IconName;
  /** The control's name: read out, and shown as a tooltip after 500 ms. */
  label: string;
  shortcut?: string | undefined;
  size?: 'sm' | 'md' | 'lg';
  ref?: Ref<HTMLButtonElement>;
}

/** A button that is only a picture; always named. */
export function IconBtn({ icon, label, shortcut, size = 'md', disabled = false, ...rest }: IconBtnProps) {
  const tip = (
    <>
      {label}
      {shortcut ? <Kbd keys={shortcut} /> : null}
    </>
  );
  return (
    <Tooltip label={tip}>
      <ActionIcon type="button" size={size} aria-label={label} disabled={disabled} {...rest}>
        <Icon name={icon} size={size === 'sm' ? 14 : 16} />
      </ActionIcon>
    </Tooltip>
  );
}
