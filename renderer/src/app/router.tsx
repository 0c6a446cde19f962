import { createHashHistory, createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { Frame } from '../frame/Frame.tsx';
import { CuttingRoom } from '../rooms/cutting/CuttingRoom.tsx';
import { MediaRoom } from '../rooms/media/MediaRoom.tsx';
import { SettingsRoom } from '../rooms/settings/SettingsRoom.tsx';
import { StoriesRoom } from '../rooms/stories/StoriesRoom.tsx';
import { StoryRoom } from '../rooms/story/StoryRoom.tsx';
import { Crashed } from './Crashed.tsx';
import { readMediaSearch, readSettingsSearch, readStoriesSearch } from './search.ts';

const root = createRootRoute({ component: Frame });

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    // TanStack Router's own way: a redirect is thrown.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw redirect({ to: '/stories' });
  },
});
const stories = createRoute({
  getParentRoute: () => root,
  path: '/stories',
  component: StoriesRoom,
  validateSearch: readStoriesSearch,
});
const story = createRoute({
  getParentRoute: () => root,
  path: '/stories/$storyId',
  component: function OneStory() {
    const { storyId } = story.useParams();
    return <StoryRoom key={storyId} storyId={storyId} />;
  },
});
const video = createRoute({
  getParentRoute: () => root,
  path: '/stories/$storyId/video/$projectId',
  component: function OneVideo() {
    const { storyId, projectId } = video.useParams();
    return <CuttingRoom key={projectId} storyId={storyId} projectId={projectId} />;
  },
});
const media = createRoute({
  getParentRoute: () => root,
  path: '/media',
  component: MediaRoom,
  validateSearch: readMediaSearch,
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: SettingsRoom,
  validateSearch: readSettingsSearch,
});

/**
 * Addresses live behind `#`, so the same bundle works from `app://`, from a server and from a file.
 */
export function makeRouter() {
  return createRouter({
    routeTree: root.addChildren([index, stories, story, video, media, settings]),
    history: createHashHistory(),
    defaultErrorComponent: Crashed,
    defaultNotFoundComponent: () => <Crashed />,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
