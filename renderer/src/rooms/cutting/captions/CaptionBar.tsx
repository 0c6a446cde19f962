import { Menu } from '@mantine/core';
import { usedAssetIds } from '../../../../../core/model/timeline/asset.ts';
import type { CommandId } from '../../../commands/definitions.ts';
import { shortcutOf } from '../../../commands/keys.ts';
import { runCommand } from '../../../commands/registry.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import type { IconName } from '../../../ui/Icon.tsx';
import { useCut, useCutState } from '../use-cut.ts';
import { CaptionExport } from './CaptionExport.tsx';
import type { CaptionImport } from './use-caption-import.ts';

/** What is open over the list; one at a time. */
export type CaptionTool = 'find' | 'time' | 'tap' | 'style' | 'tracks' | null;

interface CaptionBarProps {
  imports: CaptionImport;
  tool: CaptionTool;
  onTool: (tool: CaptionTool) => void;
  /** There are no captions: nothing to find or to move. */
  empty: boolean;
  /** Every caption has a field for a second language. */
  second: boolean;
}

/** What the probe says of files with subtitles inside (core/platform/media/probe.ts). */
const SUBTITLED = new Set(['text_tracks', 'picture_tracks']);

interface Tool {
  tool: Exclude<CaptionTool, 'tracks' | null>;
  icon: IconName;
  label: 'captions.find.button' | 'captions.time.button' | 'captions.tap.button' | 'cutting.style.label';
  command: CommandId | null;
  /** Changes captions, so that it is not for those who only look. */
  edits: boolean;
}

const TOOLS: readonly Tool[] = [
  { tool: 'find', icon: 'find', label: 'captions.find.button', command: 'edit.find', edits: false },
  { tool: 'time', icon: 'clock', label: 'captions.time.button', command: 'cut.retimeCaptions', edits: true },
  { tool: 'tap', icon: 'music', label: 'captions.tap.button', command: 'cut.tapCaptions', edits: true },
  { tool: 'style', icon: 'text', label: 'cutting.style.label', command: null, edits: false },
];

/** Imports a file; where a source of the film has subtitles of its own, a choice. */
function ImportButton({ imports, empty }: Pick<CaptionBarProps, 'imports' | 'empty'>) {
  const { t } = useText();
  const { assets } = useCut();
  const used = usedAssetIds(useCutState().timeline);
  const some = used.some((id) => assets.get(id)?.problems.some(({ code }) => SUBTITLED.has(code)));
  const button = (onClick?: () => void) =>
    empty ? (
      <Btn size="xs" icon="upload" onClick={onClick} disabled={imports.busy}>
        {t('cutting.captions.import')}
      </Btn>
    ) : (
      <IconBtn icon="upload" size="sm" label={t('cutting.captions.import')} onClick={onClick} disabled={imports.busy} />
    );
  if (!some) return button(imports.choose);
  return (
    <Menu position="bottom-start" width={200}>
      <Menu.Target>{button()}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={imports.choose}>{t('captions.tracks.file')}</Menu.Item>
        <Menu.Item onClick={() => void runCommand('cut.captionTracks')}>{t('captions.tracks.button')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Adding and importing captions, and the tools for many of them. */
export function CaptionBar({ imports, tool: open, onTool, empty, second }: CaptionBarProps) {
  const { t } = useText();
  const { session } = useCut();
  return (
    <div className="captions-bar">
      {session.canEdit ? (
        <>
          <Btn size="xs" icon="plus" onClick={() => void runCommand('cut.addCue')}>
            {t('cutting.captions.add')}
          </Btn>
          <ImportButton imports={imports} empty={empty} />
          {empty ? null : <CaptionExport />}
        </>
      ) : null}
      <span className="push row captions-tools">
        {/* Without captions there is nothing they could work on, and no room for their names beside the two that begin. */}
        {empty ? null : (
          <IconBtn
            icon="ruby"
            size="sm"
            label={t('captions.second.button')}
            aria-pressed={second}
            onClick={() => void runCommand('cut.secondLanguage')}
          />
        )}
        {TOOLS.filter(({ tool, edits }) => (empty ? tool === 'style' : !edits || session.canEdit)).map(
          ({ tool, icon, label, command }) => (
            <IconBtn
              key={tool}
              icon={icon}
              size="sm"
              label={t(label)}
              shortcut={command ? shortcutOf(command) : undefined}
              aria-expanded={open === tool}
              onClick={() => onTool(open === tool ? null : tool)}
            />
          ),
        )}
      </span>
    </div>
  );
}
