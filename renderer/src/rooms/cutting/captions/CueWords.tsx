import type { Hit } from './find-cues.ts';

/** The words of a caption, what was found in them marked. `current`: where the hit begins that the search stands at. */
export function CueWords({
  text,
  hits,
  current,
}: {
  text: string;
  hits: readonly Hit[] | undefined;
  current: number | null;
}) {
  if (!hits || hits.length === 0) return <>{text}</>;
  return (
    <>
      {hits.map(({ start, end }, i) => (
        <span key={start}>
          {text.slice(hits[i - 1]?.end ?? 0, start)}
          <mark className={start === current ? 'now' : undefined}>{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(hits.at(-1)?.end ?? 0)}
    </>
  );
}
