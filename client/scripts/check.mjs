// `npm run check -- [paths...]`: the command line on any code, built first when a source is newer than it.
import { globSync, statSync } from 'node:fs';
import path from 'node:path';
import { root, run } from './toolchain.mjs';

const changed = (file) => statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

const built = changed('dist/cli.js');
const sources = globSync('{server/src/**/*.{ts,md},client/scripts/build.mjs,package-lock.json}', {
  cwd: root,
});
if (sources.some((file) => changed(file) > built)) {
  const code = await run(process.execPath, [path.join(root, 'client/scripts/build.mjs')]);
  if (code !== 0) process.exit(2);
}
// npm runs scripts in the package's folder; paths are meant from where it was called.
const cwd = process.env.INIT_CWD ?? process.cwd();
const cli = path.join(root, 'dist', 'cli.js');
process.exitCode = await run(process.execPath, [cli, 'check', ...process.argv.slice(2)], { cwd });
