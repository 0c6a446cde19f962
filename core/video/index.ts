/** Video: projects and their timelines. */
export {
  createVideo,
  editVideo,
  getVideo,
  insertVideo,
  listVideos,
  renameVideo,
  setVideosRemoved,
  verifyVideos,
} from './projects.ts';
export { exportCaptions, readCaptionSource, readTextTrackOf, textTracksOf } from './captions.ts';
export { libraryEntries } from './assets.ts';
export { addVideoVersion, columnsOf, projectRow, readTimeline, type ProjectRow } from './store.ts';
export { canvasOf } from './plan/groups.ts';
export { planCover, planRender, planStill } from './plan/index.ts';
export { coverOfVideo } from './cover-look.ts';
export { startRender, startStill, videoJobs } from './jobs.ts';
export { aiMadeBy, makeFilms, warningsOf, wordsOfStory } from './films.ts';
export type { FilmsOrder, FinishedFilm, FinishedFilms } from './films.ts';
