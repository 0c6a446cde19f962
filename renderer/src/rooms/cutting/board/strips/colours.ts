/** Colours of drawings on canvas: the tokens, read once for each look of the page. */

const NAMES = {
  ground: '--clip',
  edge: '--clip-edge',
  wave: '--wave',
  waveOff: '--wave-off',
  clipped: '--wave-clipped',
  sound: '--snd-wave',
  soundOff: '--snd-wave-off',
  soundPicked: '--snd-sel-wave',
} as const;

export type Colours = Readonly<Record<keyof typeof NAMES, string>>;

let known: { look: string; colours: Colours } | null = null;

/** `look`: what the colours depend on; they are read anew when it changes. */
export function coloursOf(element: Element, look: string): Colours {
  if (known?.look === look) return known.colours;
  const style = getComputedStyle(element);
  const entries = Object.entries(NAMES).map(([role, name]) => [role, style.getPropertyValue(name).trim()]);
  const colours = Object.fromEntries(entries) as Colours;
  known = { look, colours };
  return colours;
}
