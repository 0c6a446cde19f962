import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';

interface ColourFieldProps {
  label: string;
  /** Name of the browser's own picker. */
  pickLabel: string;
  value: string;
  disabled: boolean;
  description?: ReactNode;
  /** Gets a whole colour, `#rgb` or `#rrggbb`, in lower case. */
  onChange: (value: string) => void;
}

const HEX = /^#(?:[\da-f]{3}|[\da-f]{6})$/i;

/** #abc as #aabbcc, which is all the browser's own picker takes. */
export const longColour = (value: string): string =>
  value.length === 4 ? `#${[...value.slice(1)].map((digit) => digit + digit).join('')}` : value;

/** A colour by its letters or by the browser's picker. Half-written ones stay in the field: what is set is always a whole one. */
export function ColourField({ label, pickLabel, value, disabled, description, onChange }: ColourFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const take = (next: string) => {
    if (HEX.test(next) && next.toLowerCase() !== value.toLowerCase()) onChange(next.toLowerCase());
  };
  return (
    <TextInput
      label={label}
      spellCheck={false}
      maxLength={7}
      disabled={disabled}
      value={typed ?? value}
      error={typed !== null && !HEX.test(typed)}
      {...(description === undefined ? {} : { description })}
      leftSection={
        <input
          type="color"
          className="colour-pick"
          aria-label={pickLabel}
          disabled={disabled}
          value={longColour(value).toLowerCase()}
          onChange={(e) => {
            setTyped(null);
            take(e.currentTarget.value);
          }}
        />
      }
      onChange={(e) => {
        setTyped(e.currentTarget.value);
        take(e.currentTarget.value);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
