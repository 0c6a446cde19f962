/** Video: projects and their timelines. */
export {
  createVideo,
  editVideo,
  getVideo,
  listVideos,
  readCaptionSource,
  renameVideo,
  setVideosRemoved,
  verifyVideos,
} from './projects.ts';
export { addVideoVersion, columnsOf, projectRow, readTimeline, type ProjectRow } from './store.ts';
