// Builds the extension and packs it as one universal VSIX: dist/fastapi-mentor.vsix.
import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { root, run } from './toolchain.mjs';

export const vsixPath = path.join(root, 'dist', 'fastapi-mentor.vsix');

const LIMIT = 5 * 1024 * 1024;

/** Builds and packs; gives the path of the VSIX. Throws when a step fails or it is too large. */
export async function packageExtension() {
  const build = path.join(root, 'client', 'scripts', 'build.mjs');
  if ((await run(process.execPath, [build], { cwd: root })) !== 0) {
    throw new Error('The build failed, so nothing was packed.');
  }
  mkdirSync(path.dirname(vsixPath), { recursive: true });
  rmSync(vsixPath, { force: true });
  await createVSIX({
    cwd: root,
    packagePath: vsixPath,
    dependencies: false,
    allowMissingRepository: true,
    // The links of the README are for who reads it in the repository; no address is known to prefix them with.
    rewriteRelativeLinks: false,
  });
  const { size } = statSync(vsixPath);
  const megabytes = (size / 1024 / 1024).toFixed(2);
  if (size > LIMIT) throw new Error(`The VSIX is ${megabytes} MB; it may be 5 MB at most.`);
  console.log(`package: ${path.relative(root, vsixPath)}, ${megabytes} MB`);
  return vsixPath;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await packageExtension();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
