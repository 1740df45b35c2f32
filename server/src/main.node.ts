import { setImmediate } from 'node:timers/promises';
import { createConnection } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { version } from '../../package.json';
import { createAnalysis } from './analysis.ts';
import { startServer } from './lsp/server.ts';
import { nodeFileSystem, readWasm } from './node.ts';
import type { FileSystem } from './project/fileSystem.ts';

/** The disk by the paths of `file:` URIs, which on Windows have a slash before the drive and name shares apart. */
function disk(authority: string): FileSystem {
  const real = (path: string) => URI.from({ scheme: 'file', authority, path }).fsPath;
  return {
    readDirectory: (path) => nodeFileSystem.readDirectory(real(path)),
    readFile: (path) => nodeFileSystem.readFile(real(path)),
    stat: (path) => nodeFileSystem.stat(real(path)),
  };
}

startServer(createConnection(), {
  version,
  createAnalysis: async (onRuleFailure) => createAnalysis(await readWasm(__dirname), onRuleFailure),
  fileSystem: (scheme, authority) => (scheme === 'file' ? disk(authority) : undefined),
  async pause() {
    // The first is before the loop looks for new messages, the second after it.
    await setImmediate();
    await setImmediate();
  },
});
