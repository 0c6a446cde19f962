import { Checkbox, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReviewPiece, ReviewRound, ReviewStatus } from '../../../../core/model/contract/review.ts';
import { formatWhen } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Btn } from '../../ui/Btn.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useNow } from '../../ui/use-now.ts';
import { CHECKS, MAX_OPINION, signedOpinion, type Check } from './checklist.ts';
import { countParts, openStage, shortHash } from './route-view.ts';
import { reviewActs, useAct } from './use-review-acts.ts';
import { useStageName, useWhyNot } from './use-words.ts';

/** What the signature is about, in numbers, and the digest to compare. */
function Covers({ round, piece }: { round: ReviewRound; piece: ReviewPiece }) {
  const { t } = useText();
  const counts = countParts(piece.manifest.parts);
  const videos = piece.videos.length;
  const assets = counts.get('asset') ?? 0;
  const what = [
    t('review.sign.coversArticle', { n: round.versionNo }),
    ...(videos > 0 ? [t('review.sign.coversVideos', { count: videos })] : []),
    ...(assets > 0 ? [t('review.sign.coversAssets', { count: assets })] : []),
  ].join(t('review.sign.join'));
  return (
    <p className="covers s12 t3">
      <Icon name="key" size={14} />
      <span>
        {t('review.sign.covers', { what })}{' '}
        <span className="mono nowrap" title={t('review.sign.hash', { hash: piece.manifestHash })}>
          {shortHash(piece.manifestHash)}
        </span>
      </span>
    </p>
  );
}

/** What was said in this round so far, newest last. */
export function Acts({ round }: { round: ReviewRound }) {
  const { t, language } = useText();
  const now = useNow();
  const said = round.acts.filter((act) => act.kind !== 'submit');
  if (said.length === 0) return <p className="t3">{t('review.sign.noOpinions')}</p>;
  return (
    <ul className="acts">
      {said.map((act) => (
        <li key={`${String(act.at)} ${act.kind} ${act.by.userId}`}>
          <div className="cm-head">
            <Avatar name={act.by.name} />
            <span className="cut" title={act.by.name}>
              {act.by.name}
            </span>
            <span className={act.kind === 'sign' ? 'chip ok push' : 'chip push'}>{t(`review.act.${act.kind}`)}</span>
          </div>
          <p className="wrap">{act.text || <span className="t3">{t('review.sign.noOpinion')}</span>}</p>
          <span className="t3 s12">{formatWhen(act.at, now, language)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Why nothing can be signed here now, and what was said so far. */
function Closed({ status, round }: { status: ReviewStatus; round: ReviewRound }) {
  const { t } = useText();
  const whyNot = useWhyNot();
  const { state } = round;
  const why = state === 'in_review' && status.mine.whyNotSign !== null ? whyNot(status.mine.whyNotSign) : null;
  const name = round.submittedBy.name;
  return (
    <div className="sign-body scroll">
      {why ? (
        <div className="notice">
          <Icon name="info" />
          <div>
            <b>{t('review.sign.whyTitle')}</b>
            <p>
              {why.message}
              {why.hint === '' ? '' : ` · ${why.hint}`}
            </p>
          </div>
        </div>
      ) : null}
      {state === 'in_review' ? null : (
        <div className={state === 'approved' ? 'notice ok' : 'notice'}>
          <Icon name={state === 'approved' ? 'okc' : 'info'} />
          <div>
            <p>{t(`review.sign.ended.${state}`, { name })}</p>
            {state === 'approved' ? (
              <Link className="link" to="/packages/$storyId" params={{ storyId: status.storyId }}>
                {t('review.sign.toPackage')}
              </Link>
            ) : null}
          </div>
        </div>
      )}
      {round.waiver === null ? null : <p className="s12 t2">{t('review.sign.waiver', { text: round.waiver })}</p>}
      <div className="sec">
        <h2>{t('review.sign.opinions')}</h2>
      </div>
      <Acts round={round} />
    </div>
  );
}

interface ReturnFormProps {
  name: string;
  busy: boolean;
  onReturn: (reason: string) => void;
  onCancel: () => void;
}

/** Asks for the reason where the button was. */
function ReturnForm({ name, busy, onReturn, onCancel }: ReturnFormProps) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const send = () => (reason.trim() === '' ? setMissing(true) : onReturn(reason.trim()));
  return (
    <div className="sign-foot">
      <Textarea
        label={t('review.sign.reason')}
        placeholder={t('review.sign.reasonPlaceholder', { name })}
        value={reason}
        error={missing && reason.trim() === '' ? t('review.sign.reasonMissing', { name }) : undefined}
        maxLength={MAX_OPINION}
        autosize
        minRows={3}
        maxRows={8}
        autoFocus
        onChange={(e) => setReason(e.currentTarget.value)}
        onKeyDown={(e) => e.key === 'Escape' && onCancel()}
      />
      <div className="two">
        <Btn size="lg" onClick={onCancel}>
          {t('review.sign.cancel')}
        </Btn>
        <Btn size="lg" kind="primary" busy={busy && t('review.sign.returning')} onClick={send}>
          {t('review.sign.returnTo', { name })}
        </Btn>
      </div>
    </div>
  );
}

interface SignPanelProps {
  status: ReviewStatus;
  round: ReviewRound;
  piece: ReviewPiece;
  /** After a signature or a return, with how the round then stands. */
  onDone: (status: ReviewStatus, act: 'sign' | 'return') => void;
}

/** The check list, the opinion, and the two buttons. */
function Signing({ status, round, piece, onDone }: SignPanelProps) {
  const { t } = useText();
  const stageName = useStageName();
  const [ticked, setTicked] = useState<ReadonlySet<Check>>(new Set());
  const [opinion, setOpinion] = useState('');
  const [returning, setReturning] = useState(false);
  const { busy, run } = useAct<'sign' | 'return'>();
  const stage = stageName(openStage(round)?.name ?? '');
  const words = CHECKS.map((check) => t(`review.check.${check}`));
  const checked = t('review.check.said', { list: words.join(t('review.check.join')) });
  const all = ticked.size === CHECKS.length;
  const toggle = (check: Check) => {
    const next = new Set(ticked);
    if (!next.delete(check)) next.add(check);
    setTicked(next);
  };
  const sign = async () => {
    const text = signedOpinion(opinion, checked);
    const done = await run('sign', () => reviewActs.sign(status.storyId, piece.manifestHash, text));
    if (done) onDone(done, 'sign');
  };
  const giveBack = async (reason: string) => {
    const done = await run('return', () => reviewActs.return(status.storyId, reason));
    if (done) onDone(done, 'return');
  };
  return (
    <>
      <div className="sign-body scroll">
        <div className="sec">
          <h2>{t('review.check.title', { stage })}</h2>
          <span className={all ? 'push tok s12' : 'push t3 s12'}>
            {t('review.check.progress', { done: ticked.size, all: CHECKS.length })}
          </span>
        </div>
        <ul className="checks">
          {CHECKS.map((check) => (
            <li key={check}>
              <Checkbox
                label={t(`review.check.${check}`)}
                description={t(`review.check.${check}Hint`)}
                checked={ticked.has(check)}
                onChange={() => toggle(check)}
              />
            </li>
          ))}
        </ul>
        {round.waiver === null ? null : (
          <div className="notice warn">
            <Icon name="alert" />
            <p>{t('review.sign.waiver', { text: round.waiver })}</p>
          </div>
        )}
        <Textarea
          label={t('review.sign.opinion')}
          placeholder={t('review.sign.opinionPlaceholder')}
          value={opinion}
          maxLength={MAX_OPINION - checked.length - 1}
          autosize
          minRows={2}
          maxRows={6}
          onChange={(e) => setOpinion(e.currentTarget.value)}
        />
        {round.acts.some((act) => act.kind !== 'submit') ? (
          <>
            <div className="sec">
              <h2>{t('review.sign.opinions')}</h2>
            </div>
            <Acts round={round} />
          </>
        ) : null}
      </div>
      {returning ? (
        <ReturnForm
          name={round.submittedBy.name}
          busy={busy === 'return'}
          onReturn={(reason) => void giveBack(reason)}
          onCancel={() => setReturning(false)}
        />
      ) : (
        <div className="sign-foot">
          <Covers round={round} piece={piece} />
          {all ? null : <p className="s12 t2">{t('review.check.need')}</p>}
          <div className="two">
            <Btn size="lg" onClick={() => setReturning(true)} disabled={busy !== null}>
              {t('review.sign.return')}
            </Btn>
            <Btn
              size="lg"
              kind="primary"
              disabled={!all}
              busy={busy === 'sign' && t('review.sign.signing')}
              onClick={() => void sign()}
            >
              {t('review.sign.sign')}
            </Btn>
          </div>
        </div>
      )}
    </>
  );
}

/** At the right of a piece: sign or return it, or why not. */
export function SignPanel(props: SignPanelProps) {
  const { t } = useText();
  const { status, round, piece } = props;
  return (
    <aside className="sign" data-region="side" aria-label={t('review.title')}>
      {status.mine.sign ? (
        // A new round or stage begins with an empty list.
        <Signing key={`${piece.manifestHash} ${String(openStage(round)?.n)}`} {...props} />
      ) : (
        <>
          <Closed status={status} round={round} />
          <div className="sign-foot">
            <Covers round={round} piece={piece} />
          </div>
        </>
      )}
    </aside>
  );
}
