// Packs what the tests install: the extension as a user gets it, and the extension host suite.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { installChromium, installEditor } from './install.mjs';
import { buildSuite } from './suite/build.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    vsix: string;
    suiteVsix: string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  await installEditor();
  await installChromium();
  const given = process.env.FASTAPI_MENTOR_VSIX;
  project.provide('vsix', given ?? packageExtension());
  project.provide('suiteVsix', (await buildSuite()).vsix);
}

function packageExtension(): string {
  const root = path.resolve(import.meta.dirname, '..', '..');
  const script = path.join(root, 'client', 'scripts', 'package.mjs');
  const { status } = spawnSync(process.execPath, [script], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('The extension could not be packed');
  return path.join(root, 'dist', 'fastapi-mentor.vsix');
}
