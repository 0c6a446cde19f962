import { Menu, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { renderResult, type VideoProject } from '../../../../core/model/contract/video.ts';
import { shapeOf } from '../../../../core/model/timeline/reframe.ts';
import { useLine } from '../../app/session.ts';
import { useView } from '../../app/view.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { jobResult } from '../../client/jobs.ts';
import { usePlatformName, usePlatforms } from '../../client/platforms.ts';
import { useCommand } from '../../commands/registry.ts';
import { formatDuration, formatFrameRate } from '../../format/format.ts';
import { TopBar } from '../../frame/TopBar.tsx';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { toast } from '../../ui/toast.tsx';
import { CoverDialog } from './cover/CoverDialog.tsx';
import { PackDialog } from './pack/PackDialog.tsx';
import { rateOf, timecode } from './time/timecode.ts';
import { useCut, useCutState } from './use-cut.ts';

/** The platform a film without any is rendered for. */
const USUAL = ['douyin'];

/** The platforms the film is meant for. */
const targetsOf = (targets: readonly string[]): readonly string[] => (targets.length > 0 ? targets : USUAL);

/** The video's name; changed where it stands. Enter or leaving keeps it, Escape does not. */
function VideoTitle({ first }: { first: VideoProject }) {
  const { t, explain, language } = useText();
  const { session, projectId } = useCut();
  const [title, setTitle] = useState(first.title);
  const [draft, setDraft] = useState<string | null>(null);
  const shown = title || t('cutting.untitled');
  if (draft === null) {
    return (
      <h1 className="cut" title={session.canEdit ? undefined : shown}>
        {session.canEdit ? (
          <button
            type="button"
            className="cut title-button"
            aria-label={t('cutting.rename', { name: shown })}
            title={shown}
            onClick={() => setDraft(title)}
          >
            {shown}
          </button>
        ) : (
          shown
        )}
      </h1>
    );
  }
  const keep = () => {
    const next = draft.trim();
    setDraft(null);
    if (next === '' || next === title) return;
    setTitle(next);
    client.videos.rename({ projectId, title: next }).catch((error: unknown) => {
      setTitle(title);
      toast(inOneLine(explain(error), language), { icon: 'alert' });
    });
  };
  return (
    <TextInput
      className="title-input"
      aria-label={t('cutting.titleLabel')}
      value={draft}
      maxLength={200}
      autoFocus
      onFocus={(e) => e.currentTarget.select()}
      onChange={(e) => setDraft(e.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(e) => {
        if (e.nativeEvent.isComposing) return;
        if (e.key === 'Enter') keep();
        if (e.key === 'Escape') setDraft(null);
      }}
    />
  );
}

/** Renders for the platforms the film is meant for: progress is in the jobs tray, the result a toast that names the file. */
function useRender() {
  const { t, explain, language } = useText();
  const { session, projectId } = useCut();
  const setView = useView((s) => s.set);
  const [busy, setBusy] = useState(false);
  const render = async () => {
    setBusy(true);
    try {
      await session.queue.idle();
      const { jobId } = await client.videos.render({
        projectId,
        targets: [...targetsOf(session.getState().timeline.targets)],
      });
      void queryClient.invalidateQueries({ queryKey: api.jobs.list.key() });
      toast(t('cutting.render.started'), { icon: 'jobs' });
      const { outputs, madeBy } = renderResult.parse(await jobResult(jobId));
      const file = outputs[0]?.file ?? '';
      const more = outputs.length - 1;
      const named = { file: file.split(/[/\\]/).at(-1) ?? file, path: file };
      toast(more > 0 ? t('cutting.render.doneAll', { ...named, count: more }) : t('cutting.render.done', named), {
        icon: 'okc',
        // Where it lies, what of it was copied, which encoder made it.
        action: { label: t('cutting.render.show'), run: () => setView({ jobsOpen: true }) },
      });
      if (madeBy && madeBy.asked !== madeBy.used) {
        const said = { name: t(`settings.encoder.${madeBy.asked}`), why: madeBy.why ?? '' };
        toast(t('cutting.render.bySoftware', said), { icon: 'alert' });
      }
    } catch (error) {
      toast(inOneLine(explain(error), language), { icon: 'alert' });
      // Where it was an original that is gone or changed, the bin asks for it.
      void queryClient.invalidateQueries({ queryKey: api.media.key() });
    } finally {
      setBusy(false);
    }
  };
  return { busy, render: () => void render() };
}

/** The frame at the playhead as the cover, without opening anything. */
function useCoverFrame(): void {
  const { t } = useText();
  const { session, player } = useCut();
  const some = useCutState().places.clips.length > 0;
  const take = () => {
    const { timeline, places } = session.getState();
    const atUs = Math.min(player.getTime(), places.durationUs - 1);
    const { assetId: _picture, ...rest } = timeline.cover ?? {};
    if (!session.run({ type: 'setCover', cover: { ...rest, atUs } })) return;
    toast(t('cover.film.taken', { time: timecode(atUs, rateOf(timeline.canvas.frameRate)) }), { icon: 'image' });
  };
  useCommand('cut.coverFrame', take, session.canEdit && some);
}

/** Which platforms the film is rendered for; kept with it. */
function TargetMenu() {
  const { t } = useText();
  const { session } = useCut();
  const platforms = usePlatforms();
  const nameOf = usePlatformName();
  const chosen = targetsOf(useCutState().timeline.targets);
  // One that was removed in the settings stays until somebody takes it off the film.
  const listed = [...platforms.keys(), ...chosen.filter((target) => !platforms.has(target))];
  const canvasOf = (target: string): string => {
    const profile = platforms.get(target);
    if (!profile) return t('cutting.render.gone');
    return profile.canvas ? (shapeOf(profile.canvas) ?? '') : t('cutting.render.asSource');
  };
  const toggle = (target: string) => {
    const next = chosen.includes(target) ? chosen.filter((each) => each !== target) : [...chosen, target];
    // The last one stays: a film for nobody cannot be rendered.
    if (next.length > 0) session.run({ type: 'setCanvas', targets: listed.filter((each) => next.includes(each)) });
  };
  const [first] = chosen;
  const name = first === undefined ? '' : nameOf(first);
  return (
    <Menu position="bottom-end" width={220} closeOnItemClick={false}>
      <Menu.Target>
        <Btn after="down">{chosen.length > 1 ? t('cutting.render.forMany', { name, count: chosen.length }) : name}</Btn>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('cutting.render.for')}</Menu.Label>
        {listed.map((target) => (
          <Menu.CheckboxItem
            key={target}
            checked={chosen.includes(target)}
            onChange={() => toggle(target)}
            rightSection={<span className="t2 s12">{canvasOf(target)}</span>}
          >
            {nameOf(target)}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function CutTopBar({ first }: { first: VideoProject }) {
  const { t, language } = useText();
  const { session, storyId } = useCut();
  const { timeline, places } = useCutState();
  const story = useQuery(api.stories.get.queryOptions({ input: { storyId } }));
  const storyTitle = story.data ? story.data.title || t('stories.untitled') : t('cutting.backToStory');
  const line = useLine();
  const { busy, render } = useRender();
  const ready = session.canEdit && places.clips.length > 0 && line === 'open' && !busy;
  useCommand('cut.render', render, ready);
  const [covering, setCovering] = useState(false);
  useCommand('cut.cover', () => setCovering(true), places.clips.length > 0);
  const [packing, setPacking] = useState(false);
  useCommand('cut.pack', () => setPacking(true));
  useCoverFrame();
  return (
    <TopBar
      shortSearch
      actions={
        session.canEdit ? (
          <>
            <Btn icon="package" onClick={() => setPacking(true)}>
              {t('pack.open')}
            </Btn>
            <Btn icon="image" onClick={() => setCovering(true)} disabled={places.clips.length === 0}>
              {t('cover.film.open')}
            </Btn>
            <TargetMenu />
            <Btn kind="primary" onClick={render} disabled={!ready} busy={busy && t('cutting.render.busy')}>
              {t('cutting.render.act')}
            </Btn>
          </>
        ) : null
      }
    >
      <Link className="crumb cut" to="/stories/$storyId" params={{ storyId }} title={storyTitle}>
        {storyTitle}
      </Link>
      <span className="sep" aria-hidden="true">
        /
      </span>
      <VideoTitle first={first} />
      <span className="t3 s12 nowrap">
        {t('cutting.facts', {
          time: formatDuration(places.durationUs),
          rate: formatFrameRate(timeline.canvas.frameRate, language),
        })}
      </span>
      {session.canEdit ? null : <span className="chip">{t('cutting.readOnly')}</span>}
      <PackDialog opened={packing} onClose={() => setPacking(false)} />
      <CoverDialog opened={covering} name={first.title} onClose={() => setCovering(false)} />
    </TopBar>
  );
}
