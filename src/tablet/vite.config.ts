import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const PLACE = 'self.__WB_MANIFEST';

/**
 * Tells the service worker which files the app shell has. In place of vite-plugin-pwa, whose workbox brings three
 * hundred packages, among them optional ones that make `npm ci` fail where a registry does not hold them all.
 */
function shellFiles(): Plugin {
  return {
    name: 'shell-files',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const revision = (content: string | Uint8Array): string =>
        createHash('sha256').update(content).digest('hex').slice(0, 16);
      const built = Object.values(bundle)
        .filter((file) => file.fileName !== 'worker.js' && !file.fileName.endsWith('.map'))
        .map((file) => ({
          url: file.fileName,
          revision: revision(file.type === 'asset' ? file.source : file.code),
        }));
      const given = readdirSync('public').map((name) => ({
        url: name,
        revision: revision(readFileSync(`public/${name}`)),
      }));
      const worker = bundle['worker.js'];
      if (worker?.type !== 'chunk' || !worker.code.includes(PLACE))
        this.error('worker.js has no place for its files');
      const files = [...built, ...given].sort((a, b) => (a.url < b.url ? -1 : 1));
      worker.code = worker.code.replace(PLACE, JSON.stringify(files));
    },
  };
}

export default defineConfig({
  base: '/tablet/',
  build: {
    outDir: '../ClientVoice/wwwroot/tablet',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows fonts and pictures from our own address only: nothing is inlined.
    assetsInlineLimit: 0,
    // Every browser that reads this code looks ahead by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', worker: 'src/sw/worker.ts' },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
        // One file of what several parts share: many small ones pack worse, and each is another question to a slow line.
        codeSplitting: {
          groups: [
            {
              name: 'shared',
              minShareCount: 2,
              test: /src\/(?:shell|vault|i18n|comfort|outbox)\/|src\/conversation\/(?:Readable|useReader|recording|state)|src\/together\/sets|preact|idb/,
            },
          ],
        },
      },
    },
  },
  plugins: [shellFiles()],
  server: { proxy: { '/api': 'http://localhost:5080' } },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
