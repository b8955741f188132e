import { defineConfig } from 'vitest/config';

export default defineConfig({
  // relative addresses: the console works below any context path and behind any sub-path proxy
  base: './',
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
