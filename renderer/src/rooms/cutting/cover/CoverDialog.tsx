import { Modal, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { coverShapes, eachShapeOnce } from '../../../../../core/model/platforms/covers.ts';
import { api } from '../../../client/client.ts';
import { usePlatforms } from '../../../client/platforms.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { useCut, useCutState } from '../use-cut.ts';
import { CoverCard } from './CoverCard.tsx';
import { CoverSource } from './CoverSource.tsx';
import { CoverTitle } from './CoverTitle.tsx';
import { useCoverPreview, useFilmCover } from './use-film-cover.ts';
import './film-cover.css';

/** Taking back and doing again what was done to the cover, here too; nothing else of the film. */
function useCoverUndo(settle: () => void) {
  const { session } = useCut();
  const { undoLabel, redoLabel } = useCutState();
  const steps = {
    undo: session.canEdit && undoLabel === 'setCover',
    redo: session.canEdit && redoLabel === 'setCover',
  };
  const step = (way: 'undo' | 'redo') => {
    // What is being done now is the step that goes first.
    settle();
    if (session.getState()[`${way}Label`] === 'setCover') session[way]();
  };
  const onKeyDown = (e: React.KeyboardEvent) => {
    const key = e.key.toLowerCase();
    const typing = e.target instanceof HTMLTextAreaElement;
    if (typing || e.altKey || !(e.ctrlKey || e.metaKey) || (key !== 'z' && key !== 'y')) return;
    e.preventDefault();
    step(key === 'y' || e.shiftKey ? 'redo' : 'undo');
  };
  return { steps, step, onKeyDown };
}

function Workshop({ sitting, name }: { sitting: number; name: string }) {
  const { t } = useText();
  const edit = useFilmCover();
  const [safe, setSafe] = useState(true);
  const platforms = usePlatforms();
  const shapes = useMemo(() => eachShapeOnce(coverShapes(platforms)), [platforms]);
  const from = useCoverPreview(edit.cover, { shape: shapes[0]?.shape ?? '' }, sitting).data?.from;
  const chosen = Object.keys(edit.cover).length > 0;
  const { steps, step, onKeyDown } = useCoverUndo(edit.settle);
  return (
    <div className="fcover" onKeyDown={onKeyDown}>
      <div className="fcover-side scroll">
        <CoverSource edit={edit} from={from} />
        <CoverTitle edit={edit} suggested={name} />
        {chosen && edit.canEdit ? (
          <Btn size="sm" kind="quiet" icon="undo" onClick={() => edit.set({})}>
            {t('cover.film.clear')}
          </Btn>
        ) : null}
      </div>
      <div className="fcover-main scroll">
        <div className="fcover-bar">
          <p id="fcover-keys" className="t2 s12 grow">
            {t('cover.film.keys')}
          </p>
          <span className="row">
            <IconBtn
              icon="undo"
              label={t('frame.command.cut.undo')}
              disabled={!steps.undo}
              onClick={() => step('undo')}
            />
            <IconBtn
              icon="redo"
              label={t('frame.command.cut.redo')}
              disabled={!steps.redo}
              onClick={() => step('redo')}
            />
          </span>
          <Switch label={t('cover.safe')} checked={safe} onChange={(e) => setSafe(e.currentTarget.checked)} />
        </div>
        <div className="fcover-cards">
          {shapes.map((shape) => (
            <CoverCard key={`${shape.shape} ${String(shape.width)}`} {...{ edit, shape, sitting, safe }} />
          ))}
        </div>
        <p className="t2 s12">{t('cover.film.where')}</p>
      </div>
    </div>
  );
}

/** Opens once what was cut is kept: the covers are made of the film as the core has it. */
function useSitting(opened: boolean): number | null {
  const { session } = useCut();
  const [sitting, setSitting] = useState<number | null>(null);
  useEffect(() => {
    if (!opened) return;
    let here = true;
    const begin = (): void => {
      if (here) setSitting(Date.now());
    };
    session.queue.idle().then(begin, begin);
    return () => {
      here = false;
      setSitting(null);
    };
  }, [opened, session]);
  return sitting;
}

interface DialogProps {
  opened: boolean;
  /** Of the video, offered as the title. */
  name: string;
  onClose: () => void;
}

/** The cover of the film: its picture, its title, and how it lies in every shape that platforms show. */
export function CoverDialog({ opened, name, onClose }: DialogProps) {
  const { t } = useText();
  const { storyId } = useCut();
  const story = useQuery(api.stories.get.queryOptions({ input: { storyId } }));
  const sitting = useSitting(opened);
  const suggested = name === '' ? (story.data?.title ?? '') : name;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('cover.film.title')}
      size="min(1520px, 95vw)"
      padding="md"
      className="fcover-modal"
      closeButtonProps={{ 'aria-label': t('common.act.close') }}
    >
      {sitting === null ? <Waiting /> : <Workshop key={sitting} sitting={sitting} name={suggested} />}
    </Modal>
  );
}
