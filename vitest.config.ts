import { defineConfig } from 'vitest/config';

/** Editor tests need a packaged extension and a browser: they are a project of their own (`npm run test:editor`). */
export default defineConfig({
  test: {
    include: ['server/**/*.test.ts', 'client/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.cache/**', 'test/vscode/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
