// Compiles the extension host suite and packs it as a VSIX, both under .cache/.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';

const here = import.meta.dirname;
const root = path.resolve(here, '..', '..', '..');

/** Gives the folder of the compiled extension and the VSIX made of it. */
export async function buildSuite() {
  const folder = path.join(root, '.cache', 'vscode-suite', 'extension');
  const vsix = path.join(root, '.cache', 'vscode-suite', 'suite.vsix');
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [path.join(here, 'extension.ts')],
    outfile: path.join(folder, 'extension.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  copyFileSync(path.join(here, 'package.json'), path.join(folder, 'package.json'));
  // The packer asks for these.
  writeFileSync(path.join(folder, 'README.md'), '# Tests\n\nOnly for the tests.\n');
  writeFileSync(path.join(folder, 'LICENSE'), 'MIT\n');
  writeFileSync(path.join(folder, '.vscodeignore'), '');
  await createVSIX({
    cwd: folder,
    packagePath: vsix,
    dependencies: false,
    allowMissingRepository: true,
  });
  return { folder, vsix };
}
