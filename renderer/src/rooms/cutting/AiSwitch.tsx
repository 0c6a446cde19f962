import { Switch } from '@mantine/core';
import { useText } from '../../i18n/use-text.ts';
import { saysAi } from './says-ai.ts';
import { useCut, useCutState } from './use-cut.ts';

/** Whether an AI made the file of the selected piece: said by a person, or by the file itself. */
export function AiSwitch({ assetId }: { assetId: string }) {
  const { t } = useText();
  const { session, assets } = useCut();
  const { timeline } = useCutState();
  const declared = timeline.assets.find((asset) => asset.assetId === assetId)?.aiMade ?? false;
  const own = saysAi(assets.get(assetId));
  return (
    <>
      <Switch
        size="xs"
        label={t('cutting.ai.label')}
        checked={declared || own}
        disabled={!session.canEdit || own}
        onChange={(e) => session.run({ type: 'declareAi', assetId, aiMade: e.currentTarget.checked })}
      />
      {declared || own ? <p className="t3 s12 insp-note">{t(own ? 'cutting.ai.own' : 'cutting.ai.hint')}</p> : null}
    </>
  );
}
