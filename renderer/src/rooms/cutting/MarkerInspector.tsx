/** The selected marker: when it is, what is written at it. */
import { TextInput } from '@mantine/core';
import { MARKER_TEXT, type Marker } from '../../../../core/model/timeline/timeline.ts';
import { runCommand } from '../../commands/registry.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Seconds } from './Seconds.tsx';
import { useCut } from './use-cut.ts';

export function MarkerInspector({ marker }: { marker: Marker }) {
  const { t } = useText();
  const { session } = useCut();
  const disabled = !session.canEdit;
  return (
    <div className="insp">
      <h3>{t('cutting.marker.one')}</h3>
      <TextInput
        onKeyDown={(e) => {
          if (e.key === 'Escape') e.currentTarget.blur();
        }}
        label={t('cutting.marker.text')}
        size="xs"
        placeholder={t('cutting.marker.placeholder')}
        maxLength={MARKER_TEXT}
        value={marker.text}
        disabled={disabled}
        onChange={(e) =>
          session.run({ type: 'editMarker', markerId: marker.id, text: e.currentTarget.value }, `marker-${marker.id}`)
        }
        onBlur={() => session.closeStep()}
      />
      <div className="insp-two">
        <Seconds
          label={t('cutting.marker.at')}
          us={marker.atUs}
          disabled={disabled}
          onChange={(atUs) => session.run({ type: 'editMarker', markerId: marker.id, atUs }, `marker-at-${marker.id}`)}
        />
      </div>
      {disabled ? null : (
        <Btn size="sm" kind="quiet" icon="trash" onClick={() => void runCommand('cut.delete')}>
          {t('cutting.marker.remove')}
        </Btn>
      )}
    </div>
  );
}
