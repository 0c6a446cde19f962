import { useState } from 'react';
import { usePoster } from '../client/use-poster.ts';
import { Icon, type IconName } from './Icon.tsx';

/** The picture of a story or video in a list; a line drawing where it has none or none yet. Give it the asset as `key`. */
export function Cover({ assetId, none = 'story' }: { assetId: string | null; none?: IconName }) {
  const poster = usePoster(assetId);
  const [broken, setBroken] = useState(false);
  if (poster === null || broken) {
    return (
      <span className="thumb thumb-none">
        <Icon name={none} size={20} />
      </span>
    );
  }
  return <img className="thumb" src={poster} alt="" loading="lazy" onError={() => setBroken(true)} />;
}
