import { useState } from 'react';
import { mediaUrl } from '../client/media-url.ts';
import { Icon } from './Icon.tsx';

/** The picture of a story in a list; a line drawing where it has none. Give it the asset as `key`. */
export function Cover({ assetId }: { assetId: string | null }) {
  const [broken, setBroken] = useState(false);
  if (assetId === null || broken) {
    return (
      <span className="thumb thumb-none">
        <Icon name="story" size={20} />
      </span>
    );
  }
  return (
    <img className="thumb" src={mediaUrl(assetId, 'poster')} alt="" loading="lazy" onError={() => setBroken(true)} />
  );
}
