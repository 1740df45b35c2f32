import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { Entry, EntryType, FileSystem } from '../project/fileSystem.ts';

/** What our client answers about a folder that only it can read: a virtual workspace, or any folder in a browser. */
export const fileRequests = {
  /** `{ uri }` → `{ base64 }` */
  readFile: 'fastapiMentor/readFile',
  /** `{ uri }` → `Entry[]` */
  readDirectory: 'fastapiMentor/readDirectory',
  /** `{ uri }` → `{ type, size }` */
  stat: 'fastapiMentor/stat',
} as const;

/** Reads through the client. Paths are those of URIs with this scheme and authority, decoded. */
export function clientFileSystem(
  connection: Connection,
  scheme: string,
  authority: string,
): FileSystem {
  const ask = <Result>(request: string, path: string): Promise<Result> =>
    connection.sendRequest(request, { uri: URI.from({ scheme, authority, path }).toString() });
  return {
    readDirectory: (path) => ask<readonly Entry[]>(fileRequests.readDirectory, path),
    stat: (path) => ask<{ type: EntryType; size: number }>(fileRequests.stat, path),
    async readFile(path) {
      const { base64 } = await ask<{ base64: string }>(fileRequests.readFile, path);
      return Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
    },
  };
}
