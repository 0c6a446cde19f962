import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** What the page may load: itself, its media, and the core's socket. Shells send the same as a header. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  // libass (captions in the cutting room) is WebAssembly and works in a worker.
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' media: blob: data:",
  "media-src media: blob: 'self'",
  "font-src 'self'",
  "connect-src 'self' media: ws: wss:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The built page carries its policy too; the dev server cannot, its reload script is inline. */
const policyInPage: Plugin = {
  name: 'policy-in-page',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
      injectTo: 'head-prepend',
    },
  ],
};

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [react(), policyInPage],
  build: {
    outDir: here('../out/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    // No inline assets: the policy allows data: pictures, but files are cached and easier to check.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // electron-vite leaves it off; a page read at every start is worth the squeeze (3.7 MB against 1.6).
    minify: true,
    rolldownOptions: { input: here('./index.html') },
  },
  // The caption renderer's worker starts workers of its own from the same module.
  worker: { format: 'es' },
  server: { port: 5199, fs: { allow: [here('..')] } },
});
