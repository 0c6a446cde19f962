import { Select } from '@mantine/core';
import { Seconds } from '../Seconds.tsx';
import { useCut } from '../use-cut.ts';

interface Props<K extends string> {
  /** Of the page, for the heading to name the choice. */
  id: string;
  label: string;
  lengthLabel: string;
  /** What is chosen with its length; null: the first choice, which has none. */
  value: { kind: K; lengthUs: number } | null;
  none: string;
  kinds: readonly { value: K; label: string }[];
  /** How long a new one is, and the lengths a field takes, microseconds. */
  usualUs: number;
  longestUs: number;
  /** `mark`: of a run of changes that is one step of undo. */
  onChange: (value: { kind: K; lengthUs: number } | null, mark: string | null) => void;
}

/** Shortest that is seen at all, microseconds. */
const SHORTEST_US = 100_000;
const NONE = 'none';

/** A choice of something that takes its time, and how long: how a clip comes in, how the film goes out. */
export function TimedKind<K extends string>(props: Props<K>) {
  const { id, label, lengthLabel, value, none, kinds, usualUs, longestUs, onChange } = props;
  const { session } = useCut();
  const disabled = !session.canEdit;
  return (
    <>
      <h3 id={`${id}-label`}>{label}</h3>
      <div className="insp-two">
        <Select
          aria-labelledby={`${id}-label`}
          size="xs"
          allowDeselect={false}
          value={value?.kind ?? NONE}
          disabled={disabled}
          data={[{ value: NONE, label: none }, ...kinds]}
          onChange={(chosen) => {
            const kind = kinds.find((each) => each.value === chosen)?.value;
            onChange(kind === undefined ? null : { kind, lengthUs: value?.lengthUs ?? usualUs }, null);
          }}
        />
        {value ? (
          <Seconds
            label={lengthLabel}
            us={value.lengthUs}
            disabled={disabled}
            inline
            onChange={(us) => us >= SHORTEST_US && us <= longestUs && onChange({ ...value, lengthUs: us }, id)}
          />
        ) : null}
      </div>
    </>
  );
}
