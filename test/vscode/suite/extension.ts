// The test-only extension. In the embedded server it starts by itself, told where to write by the
// environment; @vscode/test-electron calls `run`.
import './sample.ts';
import './settings.ts';
import './fixes.ts';
import { runTests } from './harness.ts';

export function activate(): void {
  const file = process.env.FASTAPI_MENTOR_SUITE_RESULTS;
  if (file) void runTests(file);
}

export async function run(): Promise<void> {
  const file = process.env.FASTAPI_MENTOR_DESKTOP_RESULTS;
  if (!file) throw new Error('FASTAPI_MENTOR_DESKTOP_RESULTS is not set');
  const failed = (await runTests(file)).filter(({ error }) => error !== undefined);
  if (failed.length > 0) throw new Error(`${failed.length} tests failed`);
}
