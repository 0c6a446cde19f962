import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PackFile } from '../../../../../core/model/office-pack/index.ts';
import { api } from '../../../client/client.ts';
import { useText } from '../../../i18n/use-text.ts';

interface FilePickProps {
  label: string;
  /** What may be chosen. */
  fits: 'picture' | 'image' | 'sound';
  file: PackFile | null;
  disabled: boolean;
  onChoose: (file: PackFile) => void;
}

/** As many as one page of the media; the rest is found by name. */
const MOST = 200;

/** A file of the media library, found by its name. */
export function FilePick({ label, fits, file, disabled, onChoose }: FilePickProps) {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim() === file?.name ? '' : typed.trim(), 150);
  const kind = fits === 'image' ? { kind: 'image' as const } : {};
  const list = useQuery(
    api.media.list.queryOptions({ input: { ...kind, q, limit: MOST }, placeholderData: keepPreviousData }),
  );
  const fitting = (list.data?.items ?? []).filter((asset) =>
    fits === 'sound' ? asset.audioTracks > 0 : asset.kind !== 'audio',
  );
  const known = file && !fitting.some(({ sha256 }) => sha256 === file.sha256) ? [file] : [];
  return (
    <Select
      label={label}
      size="xs"
      searchable
      allowDeselect={false}
      disabled={disabled}
      placeholder={t('pack.file.choose')}
      nothingFoundMessage={t('pack.file.none')}
      value={file?.sha256 ?? null}
      searchValue={typed}
      onSearchChange={setTyped}
      // What the core found stays as it is: it looks through all names, also in other alphabets.
      filter={({ options }) => options}
      data={[...known, ...fitting].map(({ sha256, name }) => ({ value: sha256, label: name }))}
      onChange={(sha256) => {
        const chosen = fitting.find((asset) => asset.sha256 === sha256);
        if (chosen) onChoose({ sha256: chosen.sha256, name: chosen.name.slice(0, 255) });
      }}
    />
  );
}
