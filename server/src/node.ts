import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Entry, EntryType, FileSystem } from './project/fileSystem.ts';

interface Kind {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/** The machine's own disk. Paths use `/`, on Windows after the drive letter (`c:/app`). */
export const nodeFileSystem: FileSystem = {
  async readDirectory(path) {
    const entries = await readdir(path, { withFileTypes: true });
    return Promise.all(
      entries.map(async (entry): Promise<Entry> => {
        const type = typeOf(entry);
        if (type !== 'other') return { name: entry.name, type };
        // Some file systems do not say in a listing what an entry is.
        const known = await lstat(`${path}/${entry.name}`).then(typeOf, () => type);
        return { name: entry.name, type: known };
      }),
    );
  },
  readFile: (path) => readFile(path),
  async stat(path) {
    const found = await stat(path);
    return { type: typeOf(found), size: found.size };
  },
};

function typeOf(kind: Kind): EntryType {
  if (kind.isFile()) return 'file';
  if (kind.isDirectory()) return 'directory';
  return kind.isSymbolicLink() ? 'link' : 'other';
}

/** The wasm files that the build puts beside the bundle in `folder`. */
export async function readWasm(folder: string) {
  const [core, grammar] = await Promise.all([
    readFile(path.join(folder, 'web-tree-sitter.wasm')),
    readFile(path.join(folder, 'tree-sitter-python.wasm')),
  ]);
  return { core, grammar };
}
