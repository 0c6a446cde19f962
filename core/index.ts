/** What shells may import of the core (besides core/model). */
export { MAX_CAPTION_BYTES, captionFormatOf, readCaptions, writeCaptions } from './captions/index.ts';
export { renderArticleFile } from './article-files.ts';
export { verifyPackage } from './packages/index.ts';
export { createStudio } from './studio.ts';
export { nodePorts, standaloneArticles, standaloneFilms, takeKeyPassphrase, type NodePortsOptions } from './open.ts';
export type { SystemSafe } from './ports/index.ts';
export { readDocument } from './stories/index.ts';
export { planFiles, renderFiles } from './render-files.ts';
export { servePort, serveSocket, createHttpHandler } from './platform/link/serve.ts';
export { connectLink, startLink, type Link } from './platform/link/local.ts';
export { writeFileAtomic } from './platform/files.ts';
export { readHolder } from './platform/workspace/lock.ts';
export type { CallContext, ServedFile, Session, Studio, StudioOptions } from './types.ts';
