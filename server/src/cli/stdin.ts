import type { FileSystem } from '../project/fileSystem.ts';

/** The disk, with one file on it as it was handed over. */
export function withFile(fs: FileSystem, path: string, bytes: Uint8Array): FileSystem {
  return {
    readDirectory: (folder) => fs.readDirectory(folder),
    readFile: async (file) => (file === path ? bytes : fs.readFile(file)),
    stat: async (file) => (file === path ? { type: 'file', size: bytes.length } : fs.stat(file)),
  };
}
