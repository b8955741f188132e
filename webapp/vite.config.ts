import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** The SSH library's other half, and the modules that it imports, for Node alone: a page never comes to them. */
const withoutNode: Plugin = {
  name: 'without-node',
  enforce: 'pre',
  apply: 'build',
  resolveId: (id) => (/^(net|path|crypto|os|stream|fs|util)$/.test(id) ? '\0nothing' : null),
  load: (id) => {
    // the library derives a class that it never makes here
    if (id === '\0nothing') return 'export class Duplex {}';
    return /dev-tunnels-ssh[\\/]algorithms[\\/]node[\\/]/.test(id) ? 'export {};' : null;
  },
};

export default defineConfig({
  plugins: [withoutNode],
  // relative addresses: the console works below any context path and behind any sub-path proxy
  base: './',
  define: { global: 'globalThis' },
  build: {
    outDir: '../target/webapp',
    emptyOutDir: true,
    target: 'es2022',
    // the content security policy allows no data: address
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    // `npm run dev` against a gateway that runs beside it
    proxy: Object.fromEntries(
      ['api', 'tunnel', 'metrics', 'health'].map((path) => [
        `/${path}`,
        { target: 'http://127.0.0.1:8080/sluice', ws: true, rewrite: (url: string) => `/sluice${url}` },
      ]),
    ),
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
