import type { Entry, FileSystem } from '../../server/src/project/fileSystem.ts';

/** What a test puts at a path: a text, bytes, or something a disk would make of it. */
export type MemoryFile =
  | string
  | Uint8Array
  | { readonly link: string }
  | { readonly error: string };

/** A file system for tests: `files` by absolute path, folders follow from them. It may be changed while in use. */
export function memoryFileSystem(files: Map<string, MemoryFile>): FileSystem {
  const missing = (path: string) => new Error(`not found: ${path}`);
  const isFolder = (path: string) =>
    [...files.keys()].some((file) => file.startsWith(path === '/' ? '/' : `${path}/`));
  const typeOf = (file: MemoryFile | undefined): Entry['type'] => {
    if (file === undefined) return 'directory';
    return typeof file === 'object' && 'link' in file ? 'link' : 'file';
  };
  return {
    async readDirectory(path) {
      const prefix = path === '/' ? '/' : `${path}/`;
      const names = new Map<string, Entry>();
      for (const file of files.keys()) {
        if (!file.startsWith(prefix)) continue;
        const [name = '', ...below] = file.slice(prefix.length).split('/');
        const type = below.length > 0 ? 'directory' : typeOf(files.get(file));
        if (name !== '' && names.get(name)?.type !== 'directory') names.set(name, { name, type });
      }
      const at = files.get(path);
      if (typeof at === 'object' && 'error' in at) throw new Error(at.error);
      if (names.size === 0) throw missing(path);
      return [...names.values()];
    },
    async readFile(path) {
      const file = files.get(path);
      if (file === undefined) throw missing(path);
      if (typeof file === 'string') return new TextEncoder().encode(file);
      if (file instanceof Uint8Array) return file;
      throw new Error('error' in file ? file.error : 'a link');
    },
    async stat(path) {
      const file = files.get(path);
      if (file === undefined && !isFolder(path)) throw missing(path);
      const size = typeof file === 'string' || file instanceof Uint8Array ? file.length : 0;
      return { type: isFolder(path) ? 'directory' : typeOf(file), size };
    },
  };
}
