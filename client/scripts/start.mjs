// `npm start [folder]`: the packaged extension in a real VS Code, on a folder or the sample app.
// The desktop VS Code where `code` is on the PATH, otherwise an embedded one in the browser.
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { folderUrl, startServer } from '../../test/vscode/server.ts';
import { packageExtension } from './package.mjs';
import { onPath, root, run } from './toolchain.mjs';

const home = path.join(root, '.cache', 'start');

async function main(args) {
  // npm runs scripts in the root; the folder was meant from where it was called.
  const from = process.env.INIT_CWD ?? process.cwd();
  const folder = args[0] ? path.resolve(from, args[0]) : path.join(root, 'test', 'sample');
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    console.error(`There is no folder ${folder}`);
    return 2;
  }
  const vsix = await packageExtension();
  const code = onPath('code');
  return code ? openDesktop(code, vsix, folder) : openEmbedded(vsix, folder);
}

async function openDesktop(code, vsix, folder) {
  // Its own profile: what is tried here changes nothing of the person's own VS Code.
  const profile = path.join(home, 'desktop');
  mkdirSync(profile, { recursive: true });
  const where = [
    ...['--user-data-dir', path.join(profile, 'user-data')],
    ...['--extensions-dir', path.join(profile, 'extensions')],
  ];
  console.log(`VS Code: ${code}; the embedded one is skipped`);
  const installed = await run(code, [...where, '--install-extension', vsix, '--force']);
  return installed === 0 ? run(code, [...where, '--new-window', folder]) : installed;
}

async function openEmbedded(vsix, folder) {
  console.log('VS Code: there is no `code` on the PATH, starting the embedded one');
  const server = await startServer({ home: path.join(home, 'embedded'), extensions: [vsix] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => server.close());
  console.log(`Open ${folderUrl(server, folder)}`);
  console.log('Ctrl-C ends it.');
  await server.ended;
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
