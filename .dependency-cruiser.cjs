// The floors of docs/ARCHITECTURE.md, machine-checked.
//
// THESE RULES ARE NEVER RELAXED TO MAKE A BUILD PASS. A new npm package, or a new road between floors, is a decision
// about the design: change docs/ARCHITECTURE.md first, say why, then this file. Test files may import anything.

const TEST = '\\.test\\.(?:ts|tsx|mjs)$|^tests/';

/** npm packages each floor may use. A package that is not in its floor's list is an error. */
const PACKAGES = {
  'core-model': {
    from: '^core/model/',
    npm: ['zod', '@orpc/contract', 'prosemirror-model', 'prosemirror-changeset', 'canonicalize', 'parse5', 'uqr'],
  },
  'core-ports': { from: '^core/ports/', npm: ['kysely'] },
  // Domains and the composition: rules and services. Engines (databases, ffmpeg, pictures, logs) are behind ports.
  'core-domains': {
    from: '^core/(?!model/|ports/|platform/)',
    npm: [
      'zod',
      'kysely',
      'prosemirror-model',
      'canonicalize',
      'uuid',
      'mammoth',
      'markdown-it',
      'parse5',
      'file-type',
      'iconv-lite',
      'jschardet',
      'ass-compiler',
      'hash-wasm',
      '@orpc/server',
      '@orpc/client',
      '@orpc/contract',
    ],
  },
  'core-platform': {
    from: '^core/platform/',
    npm: [
      'zod',
      'kysely',
      'pg',
      '@photostructure/sqlite',
      'fluent-ffmpeg',
      'ffmpeg-static',
      '@ffprobe-installer/ffprobe',
      'sharp',
      // Files of an article for other programs: Word documents and printed pages.
      'docx',
      'pdfkit',
      'jszip',
      // Outlines of the bundled font's characters, drawn on covers.
      'fontkit',
      '@expo-google-fonts/noto-sans-sc',
      'pino',
      'rotating-file-stream',
      'hash-wasm',
      'uuid',
      'canonicalize',
      'file-type',
      'ws',
      '@orpc/server',
      '@orpc/client',
      '@orpc/contract',
    ],
  },
  'electron-main': {
    from: '^electron/(?:main|host)/|^electron/[^/]+$',
    npm: ['electron', 'electron-store', 'zod', '@orpc/server', '@orpc/client', '@orpc/contract'],
  },
  'electron-preload': { from: '^electron/preload/', npm: ['electron'] },
  server: {
    from: '^server/',
    npm: ['ws', 'zod', 'commander', '@orpc/server', '@orpc/client', '@orpc/contract', '@orpc/openapi', '@orpc/zod'],
  },
  renderer: {
    from: '^renderer/',
    npm: [
      'react',
      'react-dom',
      'react-i18next',
      'i18next',
      'zustand',
      'zod',
      '@mantine/core',
      '@mantine/hooks',
      '@mantine/modals',
      '@mantine/notifications',
      '@mantine/spotlight',
      '@tanstack/react-query',
      '@tanstack/react-router',
      '@tanstack/react-virtual',
      '@tiptap/core',
      '@tiptap/extension-image',
      '@tiptap/extension-link',
      '@tiptap/extensions',
      '@tiptap/pm',
      '@tiptap/react',
      '@tiptap/starter-kit',
      '@tiptap/suggestion',
      're2js',
      'prosemirror-changeset',
      '@orpc/client',
      '@orpc/contract',
      '@orpc/tanstack-query',
      // Captions as the export burns them in, and their font.
      'jassub',
      '@expo-google-fonts/noto-sans-sc',
    ],
  },
};

const TOOL_CONFIG = '(?:^|/)[^/]+\\.config\\.(?:ts|js|cjs)$';
const npmFolder = (name) => `node_modules/(?:@types/)?${name.replaceAll('/', '/').replaceAll('.', '\\.')}/`;

const packageRules = Object.entries(PACKAGES).map(([floor, { from, npm }]) => ({
  name: `packages-of-${floor}`,
  comment: `${floor} may use only these packages: ${npm.join(', ')}.`,
  severity: 'error',
  from: { path: from, pathNot: [TEST, TOOL_CONFIG] },
  to: { path: 'node_modules/', pathNot: npm.map(npmFolder) },
}));

/** A rule with severity error whose `from` leaves out tests and tool configuration. */
const forbid = (name, comment, from, to) => {
  const { path, pathNot = [] } = typeof from === 'string' ? { path: from } : from;
  return { name, comment, severity: 'error', from: { path, pathNot: [TEST, TOOL_CONFIG, ...[pathNot].flat()] }, to };
};

const OURS = '^(?:core|electron|server|renderer|tests|scripts)/';

module.exports = {
  forbidden: [
    forbid('model-is-pure', 'core/model imports nothing of ours but core/model.', '^core/model/', {
      path: OURS,
      pathNot: '^core/model/',
    }),
    forbid(
      'no-node-in-pure-floors',
      'core/model, the preload and the renderer know no Node.',
      '^(?:core/model|electron/preload|renderer)/',
      {
        dependencyTypes: ['core'],
      },
    ),
    forbid('ports-are-types', 'core/ports imports core/model and core/ports only.', '^core/ports/', {
      path: OURS,
      pathNot: '^core/(?:model|ports)/',
    }),
    forbid(
      'domain-to-domain-by-index',
      'A domain uses another domain through its index.ts only.',
      '^core/(?!model/|ports/|platform/)([^/]+)/',
      {
        path: '^core/(?!model/|ports/|platform/)[^/]+/',
        pathNot: ['^core/$1/', '^core/[^/]+/index\\.ts$'],
      },
    ),
    forbid(
      'domain-not-to-composition',
      'A domain does not know how it is composed.',
      '^core/(?!model/|ports/|platform/)[^/]+/',
      {
        path: '^core/(?:studio|open|index)\\.ts$',
      },
    ),
    forbid(
      'platform-only-in-composition',
      'Adapters are named only where the studio is put together (core/open.ts, core/index.ts).',
      {
        path: '^core/',
        pathNot: ['^core/platform/', '^core/(?:open|index)\\.ts$'],
      },
      { path: '^core/platform/' },
    ),
    forbid(
      'platform-knows-ports',
      'core/platform imports core/model, core/ports and the types of core/types.ts.',
      '^core/platform/',
      {
        path: OURS,
        pathNot: '^core/(?:model|ports|platform)/|^core/types\\.ts$',
      },
    ),
    forbid('core-knows-no-shell', 'core imports no shell.', '^core/', {
      path: '^(?:electron|server|renderer|scripts)/',
    }),
    forbid(
      'shells-use-the-front-door',
      'Shells import core/model/** and core/index.ts only.',
      '^(?:electron/(?:main|host)|server)/',
      {
        path: '^core/',
        pathNot: '^core/model/|^core/index\\.ts$',
      },
    ),
    forbid(
      'desktop-shell',
      'The desktop shell imports no window code; of the servers only the command line (`--cli`).',
      '^electron/(?:main|host)/',
      {
        path: '^(?:server/(?!cli/)|renderer/|electron/preload/)',
      },
    ),
    forbid('server-shell', 'The servers know neither Electron nor window code.', '^server/', {
      path: '^(?:electron|renderer)/',
    }),
    forbid('preload-names-only', 'The preload knows contract names only.', '^electron/preload/', {
      path: OURS,
      pathNot: '^core/model/|^electron/preload/',
    }),
    forbid('renderer-knows-the-model', 'The renderer imports core/model only.', '^renderer/', {
      path: OURS,
      pathNot: '^core/model/|^renderer/',
    }),
    forbid('nothing-from-tests', 'Nothing imports tests.', OURS, { path: TEST }),
    forbid(
      'electron-in-electron-only',
      'Only electron/ imports Electron.',
      { path: OURS, pathNot: '^electron/' },
      {
        path: '^electron$|node_modules/electron/',
      },
    ),
    {
      name: 'no-circular',
      comment: 'No cycles, of types either.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nobody imports and that is no entry is dead.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          TEST,
          TOOL_CONFIG,
          '\\.d\\.ts$',
          '\\.css$',
          '^scripts/',
          '^electron/(?:main|host|preload)/index\\.ts$',
          '^server/(?:http|cli)/index\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'Every import resolves.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared',
      comment: 'Every package used is in package.json.',
      severity: 'error',
      from: { pathNot: TOOL_CONFIG },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/electron/' },
    },
    ...packageRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:out|dist|assets|templates)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    cache: false,
  },
};
