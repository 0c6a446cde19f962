// Bundles main, host and the command line (out/main), the preload script (out/preload) and the page (out/renderer).
// Targets are the oldest runtime the program must run on: Electron 33, which the desktop tests have.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import renderer from './renderer/vite.config.ts';

const root = import.meta.dirname;
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };

/**
 * Stay in node_modules: packages with machine code or programs inside. Everything else is bundled, so that
 * the program opens few files when it starts. electron-builder.yml ships these and what they need. The last
 * three are optional speed-ups of `pg` and `ws` that are not installed.
 */
const EXTERNAL = [
  '@photostructure/sqlite',
  '@img/sharp-wasm32',
  'ffmpeg-static',
  '@ffprobe-installer/ffprobe',
  'pg-native',
  'bufferutil',
  'utf-8-validate',
];

/**
 * sharp's machine code and Electron on Linux each bring a GLib; the two in one process break each other
 * (hangs, SIGSEGV; also in a utility process: sharp.pixelplumbing.com/install#electron-and-linux). There the
 * program uses sharp's WebAssembly build, elsewhere the native one as always.
 */
const sharpForElectron: Plugin = {
  name: 'sharp-for-electron',
  enforce: 'pre',
  load(id) {
    if (!/[\\/]node_modules[\\/]sharp[\\/]dist[\\/]sharp\.mjs$/.test(id)) return null;
    return `
      import { createRequire } from 'node:module';
      const build = process.platform === 'linux' ? 'wasm32' : process.platform + '-' + process.arch;
      export default createRequire(import.meta.url)('@img/sharp-' + build + '/sharp.node');`;
  },
};

export default defineConfig({
  main: {
    plugins: [sharpForElectron],
    build: {
      target: 'node20.18',
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: path.join(root, 'electron/main/index.ts'),
          host: path.join(root, 'electron/host/index.ts'),
        },
        external: [...EXTERNAL, ...EXTERNAL.map((name) => new RegExp(`^${name}/`))],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    define: { __PROGRAM__: JSON.stringify({ version }) },
    build: {
      target: 'node20.18', // electron-vite takes no other name here; the syntax is that of Chromium 130
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: path.join(root, 'electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer,
});
