/** `link`: a symbolic link, whatever it points to. `other`: sockets, devices, pipes. */
export type EntryType = 'file' | 'directory' | 'link' | 'other';

export interface Entry {
  readonly name: string;
  readonly type: EntryType;
}

/**
 * The little that the project needs of a disk, a virtual workspace or a test. Paths are absolute and use `/`. Every
 * function rejects when the path is not there or may not be read.
 */
export interface FileSystem {
  readDirectory(path: string): Promise<readonly Entry[]>;
  readFile(path: string): Promise<Uint8Array>;
  /** Follows links. `size` is in bytes. */
  stat(path: string): Promise<{ readonly type: EntryType; readonly size: number }>;
}

/** Something a person may want to know about a file, without it being an error. */
export interface Note {
  readonly path: string;
  readonly message: string;
}

/** Joins a folder and a name; the folder may be `/`. */
export function joinPath(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

/** The folder of a path; `/` and a path without a `/` are their own. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash === -1) return path;
  return slash === 0 ? '/' : path.slice(0, slash);
}
