import type { PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import type { PictureSettings } from '../../../../../core/model/timeline/look.ts';

/** The selected clip or overlay, and setting what it does to its picture; one `mark` is one step of undo. */
export interface PictureProps {
  placed: PlacedClip;
  set: (settings: PictureSettings, mark?: string) => void;
}
