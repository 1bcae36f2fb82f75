import { defineConfig } from 'vitest/config';
import { VitePWA } from 'vite-plugin-pwa';

export default defineConfig({
  base: '/tablet/',
  build: {
    outDir: '../ClientVoice/wwwroot/tablet',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows fonts and pictures from our own address only: nothing is inlined.
    assetsInlineLimit: 0,
  },
  plugins: [
    VitePWA({
      // Our own small service worker; the plugin only tells it which files the app shell has.
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'worker.ts',
      injectRegister: false,
      manifest: false,
      injectManifest: { globPatterns: ['**/*.{html,js,css,woff2,svg,png,webmanifest}'] },
    }),
  ],
  server: { proxy: { '/api': 'http://localhost:5000' } },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
