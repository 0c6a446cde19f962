import { createHashHistory, createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { Suspense, lazy } from 'react';
import { Frame } from '../frame/Frame.tsx';
import { DeskRoom } from '../rooms/desk/DeskRoom.tsx';
import { MediaRoom } from '../rooms/media/MediaRoom.tsx';
import { PackageDesk } from '../rooms/packages/PackageDesk.tsx';
import { PackagesRoom } from '../rooms/packages/PackagesRoom.tsx';
import { ReviewDesk } from '../rooms/review/ReviewDesk.tsx';
import { ReviewRoom } from '../rooms/review/ReviewRoom.tsx';
import { SettingsRoom } from '../rooms/settings/SettingsRoom.tsx';
import { StoriesRoom } from '../rooms/stories/StoriesRoom.tsx';
import { StoryRoom } from '../rooms/story/StoryRoom.tsx';
import { ThemesRoom } from '../rooms/themes/ThemesRoom.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { Crashed } from './Crashed.tsx';
import { readMediaSearch, readSettingsSearch, readStoriesSearch, readStorySearch } from './search.ts';

/** With the caption renderer a third of the program: read when a video is opened, not at every start. */
const CuttingRoom = lazy(async () => ({ default: (await import('../rooms/cutting/CuttingRoom.tsx')).CuttingRoom }));

/** Opened now and then: read when it is. */
const ThemeRoom = lazy(async () => ({ default: (await import('../rooms/themes/ThemeRoom.tsx')).ThemeRoom }));

const root = createRootRoute({ component: Frame });

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    // TanStack Router's own way: a redirect is thrown.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw redirect({ to: '/desk' });
  },
});
const desk = createRoute({ getParentRoute: () => root, path: '/desk', component: DeskRoom });
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
  validateSearch: readStorySearch,
});
const video = createRoute({
  getParentRoute: () => root,
  path: '/stories/$storyId/video/$projectId',
  component: function OneVideo() {
    const { storyId, projectId } = video.useParams();
    return (
      <Suspense fallback={<Waiting />}>
        <CuttingRoom key={projectId} storyId={storyId} projectId={projectId} />
      </Suspense>
    );
  },
});
const media = createRoute({
  getParentRoute: () => root,
  path: '/media',
  component: MediaRoom,
  validateSearch: readMediaSearch,
});
const review = createRoute({ getParentRoute: () => root, path: '/review', component: ReviewRoom });
const reviewed = createRoute({
  getParentRoute: () => root,
  path: '/review/$storyId',
  component: function OneReview() {
    const { storyId } = reviewed.useParams();
    return <ReviewDesk key={storyId} storyId={storyId} />;
  },
});
const packages = createRoute({ getParentRoute: () => root, path: '/packages', component: PackagesRoom });
const packaged = createRoute({
  getParentRoute: () => root,
  path: '/packages/$storyId',
  component: function OnePackage() {
    const { storyId } = packaged.useParams();
    return <PackageDesk key={storyId} storyId={storyId} />;
  },
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: SettingsRoom,
  validateSearch: readSettingsSearch,
});

const themes = createRoute({ getParentRoute: () => root, path: '/themes', component: ThemesRoom });
const theme = createRoute({
  getParentRoute: () => root,
  path: '/themes/$themeId',
  component: function OneTheme() {
    const { themeId } = theme.useParams();
    return (
      <Suspense fallback={<Waiting />}>
        <ThemeRoom key={themeId} themeId={themeId} />
      </Suspense>
    );
  },
});

/**
 * Addresses live behind `#`, so the same bundle works from `app://`, from a server and from a file.
 */
export function makeRouter() {
  return createRouter({
    routeTree: root.addChildren([
      index,
      desk,
      stories,
      story,
      video,
      media,
      review,
      reviewed,
      packages,
      packaged,
      settings,
      themes,
      theme,
    ]),
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
