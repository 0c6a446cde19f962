/** Review as data and rules: routes, manifests, who may sign, statements, where comments stand. */
export * from './anchors.ts';
export * from './manifest.ts';
export * from './profiles.ts';
export * from './rights.ts';
export * from './route.ts';
export * from './statements.ts';
