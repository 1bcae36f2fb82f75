import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: './',
  build: {
    outDir: '../ClientVoice/wwwroot/charts',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    // The library is one file, and loads when the first chart comes into view.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: { charts: 'src/charts.ts' },
      output: {
        // The page names the first; what draws it finds by itself, and that is cached for ever.
        entryFileNames: '[name].js',
        chunkFileNames: 'assets/[name]-[hash].js',
      },
    },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
