/** Words for the numbers of a platform: rows and fields of the form, units, what is wrong, what differs. */
import type { PlaceChange } from '../../../../../core/model/platforms/places.ts';
import type { PlatformProblem } from '../../../../../core/model/platforms/problems.ts';
import { useText } from '../../../i18n/use-text.ts';
import { placeNames, shown, type Unit } from './form-rows.ts';

/** Places that a phrase names. */
const MOST = 3;
const hasUnit = (text: string): boolean => text.endsWith('iB');
const isProof = ({ place }: PlaceChange): boolean => /\.(?:source|checked|grade)$/.test(place);

export function usePlatformWords() {
  const { t, language } = useText();
  // Which rows there are is known to the profile, not to the type of the catalogue; what it lacks is said as it stands in the file.
  const say = t as (key: string, values?: Record<string, unknown>) => string;
  const row = (name: string): string => say(`platforms.row.${name}`, { defaultValue: name });
  const field = (label: string): string => say(`platforms.field.${label}`, { defaultValue: label });
  const unit = (of: Unit): string => (of === 'none' ? '' : t(`platforms.unit.${of}`));
  const value = (of: PlaceChange['before'], as: Unit): string => {
    if (of === null) return t('platforms.nothing');
    return typeof of === 'boolean' ? String(of) : shown(of, as);
  };
  const change = ({ place, before, after }: PlaceChange): string => {
    const { name, label, unit: of } = placeNames(place);
    const what = [row(name), ...(label === 'value' || label === name ? [] : [field(label)])].join(' ');
    const both = [value(before, of), value(after, of)];
    // "4 GiB" has its unit with it; beside it the other number has its own too.
    const told = both.some(hasUnit) ? both.map((one) => (hasUnit(one) ? one : `${one} ${unit(of)}`)) : both;
    const last = of === 'none' || told !== both ? '' : ` ${unit(of)}`;
    return `${what} ${told.join(' → ')}${last}`;
  };
  return {
    ...{ row, field, unit },
    problem: ({ why, takes = '' }: PlatformProblem): string => t(`platforms.why.${why}`, { takes }),
    /** Where in the profile, for what has no field of its own. */
    place: (place: string): string => {
      const { name, label } = placeNames(place);
      return place === '' ? '' : [row(name), ...(label === name ? [] : [field(label)])].join(' ');
    },
    /** The numbers that are others now, as one phrase. */
    changes: (places: readonly PlaceChange[]): string => {
      const numbers = places.filter((one) => !isProof(one));
      if (numbers.length === 0) return t('platforms.onlySources');
      const told = numbers.slice(0, MOST).map(change);
      return told.join(language === 'en' ? '; ' : '；') + (numbers.length > MOST ? '…' : '');
    },
  };
}
