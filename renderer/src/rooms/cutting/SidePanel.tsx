import { Tabs } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { CaptionPanel } from './captions/CaptionPanel.tsx';
import { Inspector } from './Inspector.tsx';
import { useCutState } from './use-cut.ts';

/** At the right: the captions, and what is selected. */
export function SidePanel() {
  const { t } = useText();
  const { timeline, selection } = useCutState();
  const [tab, setTab] = useState<string | null>('captions');
  // A caption is written in the list, and what is neither clip nor caption has nothing but its settings: picking one opens
  // the place for it. A clip leaves the panel as it is.
  const picked = selection && selection.kind !== 'clip' ? selection.id : null;
  const [seen, setSeen] = useState<string | null>(null);
  if (picked !== seen) {
    setSeen(picked);
    if (picked !== null) setTab(selection?.kind === 'cue' ? 'captions' : 'inspector');
  }
  return (
    <aside className="side" data-region="side" aria-label={t('cutting.side.label')}>
      <Tabs value={tab} onChange={setTab} keepMounted={false} className="side-tabs">
        <Tabs.List>
          <Tabs.Tab
            value="captions"
            rightSection={
              timeline.captions.cues.length > 0 ? <span className="n">{timeline.captions.cues.length}</span> : null
            }
          >
            {t('cutting.side.captions')}
          </Tabs.Tab>
          <Tabs.Tab value="inspector">{t('cutting.side.inspector')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="captions" className="side-body">
          <CaptionPanel />
        </Tabs.Panel>
        <Tabs.Panel value="inspector" className="side-body scroll">
          <Inspector />
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}
