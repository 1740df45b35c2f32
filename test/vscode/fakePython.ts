// Stands in for the extension `ms-python.python`, as far as others ask it: which Python is chosen.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';

/**
 * Packs it into the folder and gives the VSIX. What is chosen is read from the file `chosen` each time, and what it is
 * told to choose is written to `told`.
 */
export async function packFakePython(
  folder: string,
  { chosen, told }: { readonly chosen: string; readonly told: string },
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: 'python',
    displayName: 'Python',
    description: 'Says which Python is chosen. Never published.',
    publisher: 'ms-python',
    version: '0.0.1',
    engines: { vscode: '^1.100.0' },
    main: './extension.js',
    extensionKind: ['workspace'],
    activationEvents: [],
  };
  const code = `
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const vscode = require('vscode');
exports.activate = () => ({
  environments: {
    getActiveEnvironmentPath() {
      const path = existsSync(${JSON.stringify(chosen)}) ? readFileSync(${JSON.stringify(chosen)}, 'utf8').trim() : '';
      return { id: path, path };
    },
    async resolveEnvironment({ path }) {
      return path === '' ? undefined : { executable: { uri: vscode.Uri.file(path) } };
    },
    async updateActiveEnvironmentPath(path) {
      writeFileSync(${JSON.stringify(told)}, path);
    },
  },
});
`;
  const files = {
    'package.json': JSON.stringify(manifest),
    'extension.js': code,
    'README.md': '# Python\n\nOnly for the tests.\n',
    LICENSE: 'MIT\n',
    '.vscodeignore': '',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const packagePath = path.join(folder, '..', 'fake-python.vsix');
  await createVSIX({ cwd: folder, packagePath, dependencies: false, allowMissingRepository: true });
  return packagePath;
}
