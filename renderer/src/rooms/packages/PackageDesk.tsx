import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { USUAL_TARGETS, type PackageCheck, type PackageSummary } from '../../../../core/model/contract/packages.ts';
import type { ReviewRound } from '../../../../core/model/contract/review.ts';
import { useMay, useSession } from '../../app/session.ts';
import { api } from '../../client/client.ts';
import { TopBar } from '../../frame/TopBar.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { ApprovalSheet } from './ApprovalSheet.tsx';
import { firstTarget, goodTargets, usualTargets } from './check-view.ts';
import { CheckList } from './CheckList.tsx';
import { MadePackage } from './MadePackage.tsx';
import { Sameness } from './Sameness.tsx';
import { Targets } from './Targets.tsx';
import { useMake } from './use-make.ts';
import '../desk/desk.css';
import './packages.css';

type Make = ReturnType<typeof useMake>;

/** Where the package goes: the workspace's exports, or on the desktop a folder of the person's choice. */
function Place({ make }: { make: Make }) {
  const { t } = useText();
  return (
    <div className="place">
      <p className="lbl">{t('packages.make.to')}</p>
      <p className="row">
        <Icon name="folder" />
        <span className="wrap">{make.dir ?? t('packages.make.exports')}</span>
      </p>
      {make.canChoose ? (
        <div className="row place-acts">
          <Btn size="xs" kind="quiet" onClick={make.chooseDir}>
            {t('packages.make.choose')}
          </Btn>
          {make.dir === null ? null : (
            <Btn size="xs" kind="quiet" onClick={make.resetDir}>
              {t('packages.make.reset')}
            </Btn>
          )}
        </div>
      ) : null}
      {make.canChoose ? <p className="lbl">{t('packages.make.chosenHint')}</p> : null}
    </div>
  );
}

interface DeskProps {
  check: PackageCheck;
  round: ReviewRound | null;
  made: PackageSummary[];
  make: Make;
  included: string[];
  onInclude: (target: string, include: boolean) => void;
}

function Desk({ check, round, made, make, included, onInclude }: DeskProps) {
  const { t } = useText();
  const [picked, setPicked] = useState<string | null>(null);
  const usual = check.targets.filter(({ target }) => included.includes(target) || isUsual(target));
  const chosen = picked ?? firstTarget(usual);
  const view = check.targets.find(({ target }) => target === chosen);
  return (
    <div className="pkg">
      <nav className="tgts scroll" data-region="list" aria-label={t('packages.targets.label')}>
        <Targets
          targets={check.targets}
          chosen={chosen}
          onChoose={setPicked}
          included={included}
          onInclude={onInclude}
        />
        <Place make={make} />
      </nav>
      <main className="pk scroll" data-region="work" aria-label={t('packages.title')}>
        {view ? <CheckList view={view} storyId={check.storyId} /> : null}
        <section aria-label={t('packages.made.title')}>
          <div className="sec">
            <h2>{t('packages.made.title')}</h2>
            {made.length > 0 ? <span className="n">{made.length}</span> : null}
          </div>
          {made.length === 0 ? <p className="t3 desk-none">{t('packages.made.empty')}</p> : null}
          <ul className="mades">
            {made.map((one) => (
              <MadePackage
                key={one.packageId}
                made={one}
                current={check.ready ? check.manifestHash : null}
                jobId={make.jobs.get(one.packageId)}
              />
            ))}
          </ul>
        </section>
      </main>
      <aside className="sheetcol scroll" data-region="side" aria-label={t('packages.sheet.label')} tabIndex={0}>
        <Sameness check={check} round={round} />
        {round ? <ApprovalSheet title={check.title} round={round} /> : <p className="t3">{t('packages.sheet.none')}</p>}
      </aside>
    </div>
  );
}

/** The buttons: the package itself once it may go out, a draft at any time. */
function MakeActs({ check, make, targets }: { check: PackageCheck; make: Make; targets: string[] }) {
  const { t } = useText();
  const { user } = useSession();
  const mayMake = useMay('package.make');
  const good = goodTargets(check.targets);
  if (!mayMake) {
    return <span className="t3 s12">{t('packages.make.notAllowed', { role: t(`common.role.${user.role}`) })}</span>;
  }
  if (good.length === 0 || targets.length === 0) return <span className="t3 s12">{t('packages.make.nothing')}</span>;
  return (
    <>
      <Btn
        title={t('packages.make.draftHint')}
        busy={make.busy === 'draft' && t('packages.make.busy')}
        disabled={make.busy !== null}
        onClick={() => void make.make(targets, true)}
      >
        {t('packages.make.draft')}
      </Btn>
      {check.ready ? (
        <Btn
          kind="primary"
          busy={make.busy === 'release' && t('packages.make.busy')}
          disabled={make.busy !== null}
          onClick={() => void make.make(targets, false)}
        >
          {t('packages.make.do', { count: targets.length })}
        </Btn>
      ) : null}
    </>
  );
}

const isUsual = (target: string): boolean => (USUAL_TARGETS as readonly string[]).includes(target);

/** What goes into the package: the usual targets until somebody chooses, and never one that something stops. */
function useIncluded(check: PackageCheck | undefined) {
  const [asked, setAsked] = useState<ReadonlyMap<string, boolean>>(new Map());
  const targets = check?.targets ?? [];
  const usual = usualTargets(targets);
  const included = goodTargets(targets).filter((target) => asked.get(target) ?? usual.includes(target));
  const include = (target: string, yes: boolean) => setAsked((before) => new Map(before).set(target, yes));
  return { included, include };
}

/** What of one story goes where, whether it may, and what went out already. */
export function PackageDesk({ storyId }: { storyId: string }) {
  const { t } = useText();
  const check = useQuery(api.packages.check.queryOptions({ input: { storyId } }));
  const status = useQuery(api.review.status.queryOptions({ input: { storyId } }));
  const made = useQuery(api.packages.list.queryOptions({ input: { storyId } }));
  const title = check.data ? check.data.title || t('stories.untitled') : '';
  const make = useMake(storyId, title);
  const { included, include } = useIncluded(check.data);
  const failed = [check, status, made].find((query) => query.isError);
  return (
    <div className="room">
      <TopBar shortSearch actions={check.data ? <MakeActs check={check.data} make={make} targets={included} /> : null}>
        <Link className="crumb" to="/packages">
          {t('packages.title')}
        </Link>
        <span className="sep" aria-hidden="true">
          /
        </span>
        <h1 className="cut" title={title}>
          {title}
        </h1>
        {check.data ? (
          <span className={check.data.ready ? 'chip ok' : 'chip'}>
            {check.data.ready ? <Icon name="check" size={12} /> : null}
            {t(`review.state.${check.data.state}`)}
          </span>
        ) : null}
      </TopBar>
      {failed ? (
        <main className="alone" data-region="work">
          <ErrorNote error={failed.error}>
            <Btn size="sm" onClick={() => void failed.refetch()}>
              {t('common.act.retry')}
            </Btn>
          </ErrorNote>
        </main>
      ) : null}
      {!failed && check.data && status.data && made.data ? (
        <Desk
          check={check.data}
          round={status.data.round}
          made={made.data}
          make={make}
          included={included}
          onInclude={include}
        />
      ) : null}
      {!failed && !(check.data && status.data && made.data) ? <Waiting /> : null}
    </div>
  );
}
