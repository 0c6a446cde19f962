import { Textarea } from '@mantine/core';
import { memo, useCallback, useEffect, useRef, useState } from 'react';
import { textWidth } from '../../../../../core/model/captions/text.ts';
import type { CaptionFinding } from '../../../../../core/model/captions/index.ts';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import { runCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { IconBtn } from '../../../ui/Btn.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { newId } from '../cut-session.ts';
import { cueTime } from '../time/timecode.ts';
import { useCut } from '../use-cut.ts';

/** Typing is sent and becomes a step of undo after this pause. */
const PAUSE_MS = 500;

interface CueRowProps {
  cue: Cue;
  /** From 0. */
  index: number;
  findings: readonly CaptionFinding[] | undefined;
  selected: boolean;
  /** It is on the picture now. */
  shown: boolean;
  last: boolean;
}

/** What cannot be stored in a caption becomes a space; line breaks stay. */
const storable = (text: string): string => text.replace(/(?!\n)\p{Cc}/gu, ' ');

/** The text of the selected caption, written where it stands: Enter breaks the line, Ctrl+Enter splits the caption. */
function CueText({ cue, index }: { cue: Cue; index: number }) {
  const { t } = useText();
  const { session } = useCut();
  const [draft, setDraft] = useState(cue.text);
  const latest = useRef(cue.text);
  const [seen, setSeen] = useState(cue.text);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // Undo or somebody else changed it.
  if (cue.text !== seen) {
    setSeen(cue.text);
    setDraft(cue.text);
  }
  const keep = useCallback(() => {
    clearTimeout(timer.current);
    const text = latest.current;
    const now = session.getState().timeline.captions.cues.find(({ id }) => id === cue.id);
    if (now && now.text !== text) session.run({ type: 'editCue', cueId: cue.id, text });
  }, [session, cue.id]);
  useEffect(() => {
    latest.current = cue.text;
  }, [cue.text]);
  useEffect(() => keep, [keep]);
  const split = (offset: number) => {
    keep();
    const text = latest.current;
    // At either end of the text there is nothing to share the time out by: half each.
    const middle = Math.round((cue.startUs + cue.endUs) / 2);
    const inside = text.slice(0, offset).trim() !== '' && text.slice(offset).trim() !== '';
    const id = newId('q');
    const done = session.run({
      type: 'splitCue',
      cueId: cue.id,
      newId: id,
      offset,
      ...(inside ? {} : { atUs: middle }),
    });
    if (done) session.select({ kind: 'cue', id });
  };
  return (
    <Textarea
      autosize
      minRows={1}
      maxRows={6}
      autoFocus={cue.text === ''}
      classNames={{ input: 'cue-input' }}
      aria-label={t('cutting.captions.text', { n: index + 1 })}
      placeholder={t('cutting.captions.placeholder')}
      value={draft}
      maxLength={2000}
      readOnly={!session.canEdit}
      onChange={(e) => {
        const text = storable(e.currentTarget.value);
        latest.current = text;
        setDraft(text);
        clearTimeout(timer.current);
        timer.current = setTimeout(keep, PAUSE_MS);
      }}
      onBlur={keep}
      onKeyDown={(e) => {
        if (e.nativeEvent.isComposing) return;
        if (e.key === 'Escape') e.currentTarget.blur();
        if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
          e.preventDefault();
          split(e.currentTarget.selectionStart);
        }
      }}
    />
  );
}

function Findings({ findings }: { findings: readonly CaptionFinding[] }) {
  const { t, language } = useText();
  return (
    <ul className="wn">
      {findings.map((finding) => (
        <li key={finding.rule} title={language === 'zh-CN' ? `${finding.message} ${finding.fix}` : undefined}>
          <Icon name="alert" size={14} />
          <span className="wrap">
            {language === 'zh-CN'
              ? finding.message.replace(/^第 \d+ 条/, '').replace(/（.*）$/, '')
              : t(`cutting.rule.${finding.rule}`)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What can be done to the selected caption. */
function CueActs({ last }: { last: boolean }) {
  const { t } = useText();
  const act = (id: Parameters<typeof runCommand>[0]) => () => void runCommand(id);
  return (
    <div className="row cue-acts">
      <IconBtn
        icon="trimin"
        size="sm"
        label={t('frame.command.cut.cueStart')}
        shortcut="["
        onClick={act('cut.cueStart')}
      />
      <IconBtn
        icon="trimout"
        size="sm"
        label={t('frame.command.cut.cueEnd')}
        shortcut="]"
        onClick={act('cut.cueEnd')}
      />
      <IconBtn
        icon="link"
        size="sm"
        label={t('frame.command.cut.mergeCue')}
        shortcut="M"
        disabled={last}
        onClick={act('cut.mergeCue')}
      />
      <span className="t3 s11 grow">{t('cutting.captions.keys')}</span>
      <IconBtn icon="trash" size="sm" label={t('cutting.captions.remove')} onClick={act('cut.delete')} />
    </div>
  );
}

/** One caption. A click goes there and opens its text. */
export const CueRow = memo(function CueRow({ cue, index, findings, selected, shown, last }: CueRowProps) {
  const { t } = useText();
  const { session, player } = useCut();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected || shown) row.current?.scrollIntoView({ block: 'nearest' });
  }, [selected, shown]);
  const perSecond = textWidth(cue.text.replace(/\s/g, '')) / ((cue.endUs - cue.startUs) / 1_000_000);
  const open = () => {
    session.select({ kind: 'cue', id: cue.id });
    player.seek(cue.startUs);
  };
  const className = `cue${selected ? ' sel' : ''}${shown ? ' on' : ''}`;
  return (
    <li ref={row} className={className} aria-current={shown ? 'true' : undefined}>
      <span className="ix" aria-hidden="true">
        {index + 1}
      </span>
      <div className="cue-body">
        <button type="button" className="tm" onClick={open}>
          <span className="vh">{t('cutting.captions.nth', { n: index + 1 })}</span>
          <span>{`${cueTime(cue.startUs)} – ${cueTime(cue.endUs)}`}</span>
          <span className="push">{t('cutting.captions.perSecond', { n: Number(perSecond.toFixed(1)) })}</span>
        </button>
        {selected ? (
          <CueText cue={cue} index={index} />
        ) : (
          <button type="button" className="tx wrap" onClick={open}>
            {cue.text === '' ? <span className="t3">{t('cutting.captions.placeholder')}</span> : cue.text}
          </button>
        )}
        {findings ? <Findings findings={findings} /> : null}
        {selected && session.canEdit ? <CueActs last={last} /> : null}
      </div>
    </li>
  );
});
