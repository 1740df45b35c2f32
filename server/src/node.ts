import { lstat, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
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

/** Writes beside the file and takes its place, so that nobody ever sees half of it. */
export async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const mode = await stat(target).then(
    (found) => found.mode & 0o7777,
    () => undefined,
  );
  const temporary = path.join(
    path.dirname(target),
    `.${path.basename(target)}.${process.pid}-${Date.now()}.tmp`,
  );
  try {
    await writeFile(temporary, bytes, { flag: 'wx', ...(mode !== undefined && { mode }) });
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

export async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** The wasm files that the build puts beside the bundle in `folder`. */
export async function readWasm(folder: string) {
  const [core, grammar] = await Promise.all([
    readFile(path.join(folder, 'web-tree-sitter.wasm')),
    readFile(path.join(folder, 'tree-sitter-python.wasm')),
  ]);
  return { core, grammar };
}
