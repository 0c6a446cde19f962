/** The font that covers are drawn with, as a font of the page, so that the preview is set with the very same characters. */
import bold from '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf?url';
import regular from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?url';

/** Not the font's own name: an installed font of that name may be another version with other widths. */
export const COVER_FAMILY = 'Tongxin Cover';

let asked = false;

/** Loads it once; until it is there the preview shows the system's font. */
export function loadCoverFont(): void {
  if (asked) return;
  asked = true;
  for (const [url, weight] of [
    [bold, '700'],
    [regular, '400'],
  ] as const) {
    const face = new FontFace(COVER_FAMILY, `url("${url}")`, { weight });
    document.fonts.add(face);
    face.load().catch(() => {
      // The file itself is drawn by the core with its own copy: the preview stays readable in the system's font.
      asked = false;
    });
  }
}
