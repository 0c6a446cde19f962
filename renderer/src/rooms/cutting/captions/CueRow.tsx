import { memo } from 'react';
import type { CaptionRule } from '../../../../../core/model/captions/index.ts';
import { textWidth } from '../../../../../core/model/captions/text.ts';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import type { CommandId } from '../../../commands/definitions.ts';
import { shortcutOf } from '../../../commands/keys.ts';
import { runCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { IconBtn } from '../../../ui/Btn.tsx';
import type { IconName } from '../../../ui/Icon.tsx';
import { cueTime } from '../time/timecode.ts';
import { useCut } from '../use-cut.ts';
import { CueFindings } from './CueFindings.tsx';
import { CuePlace } from './CuePlace.tsx';
import { CueSpeaker } from './CueSpeaker.tsx';
import { CueText } from './CueText.tsx';
import { CueWords } from './CueWords.tsx';
import type { Hit } from './find-cues.ts';
import { wantCursor, type CueField } from './typing.ts';
import type { Finding } from './use-caption-fixes.ts';

interface CueRowProps {
  cue: Cue;
  /** From 0. */
  index: number;
  findings: readonly Finding[] | undefined;
  onFix: (cueId: string, rule: CaptionRule) => void;
  /** What was found in its text. */
  hits: readonly Hit[] | undefined;
  /** The hit that the search stands at, if it is in this one. */
  hitAt: Hit | null;
  /** The second language has a field, whether anything stands in it or not. */
  second: boolean;
  selected: boolean;
  last: boolean;
}

const ACTS: readonly { id: CommandId; icon: IconName }[] = [
  { id: 'cut.cueStart', icon: 'trimin' },
  { id: 'cut.cueEnd', icon: 'trimout' },
  { id: 'cut.cueStartToCut', icon: 'magnet' },
  { id: 'cut.mergeCue', icon: 'link' },
];

/** What can be done to the selected caption. */
function CueActs({ last }: { last: boolean }) {
  const { t } = useText();
  return (
    <div className="row cue-acts">
      {ACTS.map(({ id, icon }) => (
        <IconBtn
          key={id}
          icon={icon}
          size="sm"
          label={t(`frame.command.${id}`)}
          shortcut={shortcutOf(id)}
          disabled={id === 'cut.mergeCue' && last}
          onClick={() => void runCommand(id)}
        />
      ))}
      <span className="t3 s11 grow">{t('cutting.captions.keys')}</span>
      <IconBtn
        icon="trash"
        size="sm"
        label={t('cutting.captions.remove')}
        onClick={() => void runCommand('cut.delete')}
      />
    </div>
  );
}

type RowTextProps = Pick<CueRowProps, 'cue' | 'index' | 'selected' | 'hits' | 'hitAt'> & {
  field: CueField;
  open: () => void;
};

/** One of the two texts: to be read, or, once its caption is selected, to be written. */
function RowText({ cue, index, selected, hits, hitAt, field, open }: RowTextProps) {
  const { t } = useText();
  if (selected) return <CueText cue={cue} index={index} field={field} />;
  const text = cue[field] ?? '';
  const inField = hits?.filter((hit) => hit.field === field);
  const press = () => {
    // The text takes the focus by a second click, so that the keys of the room still work after the first.
    if (field === 'translation') wantCursor(cue.id, text.length, field);
    open();
  };
  return (
    <button type="button" className={field === 'text' ? 'tx wrap' : 'tx2 wrap'} onClick={press}>
      {text === '' ? (
        <span className="t3">
          {t(field === 'text' ? 'cutting.captions.placeholder' : 'captions.second.placeholder')}
        </span>
      ) : (
        <CueWords text={text} hits={inField} current={hitAt?.field === field ? hitAt.start : null} />
      )}
    </button>
  );
}

/** What stands in the row of one caption. A click goes there and opens its text. */
export const CueRow = memo(function CueRow(props: CueRowProps) {
  const { cue, index, findings, onFix, selected, last } = props;
  const { t } = useText();
  const { session, player } = useCut();
  const perSecond = textWidth(cue.text.replace(/\s/g, '')) / ((cue.endUs - cue.startUs) / 1_000_000);
  const open = () => {
    session.select({ kind: 'cue', id: cue.id });
    player.seek(cue.startUs);
  };
  const second = props.second || cue.translation !== undefined;
  return (
    <>
      <span className="ix" aria-hidden="true">
        {index + 1}
      </span>
      <div className="cue-body">
        <button type="button" className="tm" onClick={open}>
          <span className="vh">{t('cutting.captions.nth', { n: index + 1 })}</span>
          <span>{`${cueTime(cue.startUs)} – ${cueTime(cue.endUs)}`}</span>
          {cue.speaker === undefined ? null : (
            <span className="who cut" title={cue.speaker}>
              {cue.speaker}
            </span>
          )}
          {cue.position ? <span className="at">{t(`captions.place.is.${cue.position}`)}</span> : null}
          <span className="push">{t('cutting.captions.perSecond', { n: Number(perSecond.toFixed(1)) })}</span>
        </button>
        <RowText {...props} field="text" open={open} />
        {second ? <RowText {...props} field="translation" open={open} /> : null}
        {findings ? (
          <CueFindings
            findings={findings}
            index={index}
            onFix={session.canEdit ? (rule) => onFix(cue.id, rule) : undefined}
          />
        ) : null}
        {selected && session.canEdit ? (
          <>
            <CueActs last={last} />
            <CueSpeaker cue={cue} index={index} />
            <CuePlace cue={cue} index={index} />
          </>
        ) : null}
      </div>
    </>
  );
});
