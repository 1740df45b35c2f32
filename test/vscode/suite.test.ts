// Runs the extension host suite in the embedded VS Code.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Editor, launchEditor } from './editor.ts';
import type { TestResult } from './suite/harness.ts';

describe('extension host suite', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-suite-'));
  const file = path.join(folder, 'results.json');
  let editor: Editor | undefined;

  beforeAll(async () => {
    editor = await launchEditor({
      folder: path.resolve(import.meta.dirname, '..', 'sample'),
      vsix: inject('vsix'),
      extensions: [inject('suiteVsix')],
      environment: { FASTAPI_MENTOR_SUITE_RESULTS: file },
    });
  });

  afterAll(async () => {
    await editor?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('every test passes', { timeout: 300_000 }, async () => {
    await expect.poll(() => existsSync(file), { timeout: 290_000, interval: 200 }).toBe(true);
    const results: TestResult[] = JSON.parse(readFileSync(file, 'utf8'));
    for (const { name, milliseconds, error } of results) {
      console.log(`${error === undefined ? 'ok' : 'FAILED'}  ${name} (${milliseconds} ms)`);
    }
    expect(results.length).toBeGreaterThan(0);
    expect(results.filter(({ error }) => error !== undefined)).toEqual([]);
  });
});
