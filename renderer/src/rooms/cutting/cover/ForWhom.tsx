/** Of a shape that several platforms show: whether what is done to its cover is done for all of them or for one alone. */
import { Select } from '@mantine/core';
import { useViewportSize } from '@mantine/hooks';
import type { CoverShape } from '../../../../../core/model/platforms/covers.ts';
import { platformFrameOf, type CoverOf } from '../../../../../core/model/timeline/covers.ts';
import { usePlatformName } from '../../../client/platforms.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { isLying, withPlatform } from './cover-moves.ts';
import type { FilmCoverEdit } from './use-film-cover.ts';

const ALL = '';
/** A card's height, of the window's, upright and lying; and the pixels that stand beside the names in its caption (film-cover.css). */
const [UPRIGHT, LYING, BESIDE] = [0.33, 0.25, 96];

/** Whether a text of 12 pixels has room in a caption so wide: cut off, names of platforms tell nothing. */
const hasRoom = (text: string, width: number): boolean =>
  [...text].reduce((sum, char) => sum + (char > '\u2e80' ? 12 : 6.5), 0) <= width - BESIDE;

interface ForWhomProps {
  edit: FilmCoverEdit;
  shape: CoverShape;
  of: CoverOf;
  onChoose: (target: string | undefined) => void;
}

/** The platforms of a list, as a sentence names them. */
export function useNames(): (targets: readonly string[]) => string {
  const { language } = useText();
  const nameOf = usePlatformName();
  return (targets) => targets.map(nameOf).join(language === 'en' ? ', ' : '、');
}

const isAlone = ({ cover }: FilmCoverEdit, shape: string, target: string): boolean =>
  platformFrameOf(cover, { shape, target }) !== undefined;

/** In the caption of a card, where one platform's is otherwise no more than a name. */
export function ForWhom({ edit, shape, of, onChoose }: ForWhomProps) {
  const { t } = useText();
  const nameOf = usePlatformName();
  const uses = useNames()(shape.targets);
  const { height } = useViewportSize();
  const share = isLying(shape) ? LYING : UPRIGHT;
  if (shape.targets.length < 2)
    return (
      <span className="t2 cut grow" title={uses}>
        {uses}
      </span>
    );
  const all = hasRoom(uses, height * share * (shape.width / shape.height))
    ? uses
    : t('cover.film.platforms', { count: shape.targets.length });
  const only = (target: string): string => t('cover.film.forOne', { name: nameOf(target) });
  const told = (target: string): string => {
    if (target === ALL) return t('cover.film.forAll');
    return isAlone(edit, of.shape, target) ? t('cover.film.forOneOwn', { name: nameOf(target) }) : only(target);
  };
  return (
    <Select
      size="xs"
      variant="unstyled"
      className="fcover-whom grow"
      aria-label={t('cover.film.whom', { shape: of.shape })}
      title={of.target === undefined ? uses : only(of.target)}
      allowDeselect={false}
      value={of.target ?? ALL}
      data={[{ value: ALL, label: all }, ...shape.targets.map((one) => ({ value: one, label: only(one) }))]}
      renderOption={({ option }) => told(option.value)}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      onChange={(next) => onChoose(next === null || next === ALL ? undefined : next)}
    />
  );
}

/** Which platforms of the shape are framed by themselves; of the one that is looked at, the way back. */
export function FramedAlone({ edit, shape, of }: Omit<ForWhomProps, 'onChoose'>) {
  const { t } = useText();
  const names = useNames();
  const alone = shape.targets.filter((target) => isAlone(edit, of.shape, target));
  const { target } = of;
  if (target === undefined)
    return alone.length > 0 ? (
      <p className="t2 s12">{t('cover.film.alone', { names: names(alone), count: alone.length })}</p>
    ) : null;
  if (!alone.includes(target)) return null;
  return (
    <Btn
      size="xs"
      kind="quiet"
      icon="undo"
      disabled={!edit.canEdit}
      onClick={() => edit.set(withPlatform(edit.cover, { shape: of.shape, target }, null))}
    >
      {t('cover.film.giveBack', { shape: of.shape })}
    </Btn>
  );
}
