import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  type FileSystemWatcher,
  WatchKind,
} from 'vscode-languageserver';
import { BASELINE_FILE } from '../engine/baseline.ts';
import { createProject } from './project.ts';
import type { Feature } from './server.ts';
import { inBackground, keyOf } from './session.ts';

const manifests =
  '**/{pyproject.toml,ruff.toml,.ruff.toml,uv.lock,poetry.lock,pdm.lock,Pipfile.lock,requirements*.txt,.gitignore}';

const watchers: readonly FileSystemWatcher[] = [
  { globPattern: '**/*.py' },
  { globPattern: manifests },
  { globPattern: '**/requirements/*.txt' },
  { globPattern: `**/${BASELINE_FILE}` },
  // A folder that goes is one event about the folder, none about its files.
  { globPattern: '**', kind: WatchKind.Delete },
];

/** Follows the workspace's folders and files. Everything happens one after the other, in the background. */
export const registerWatching: Feature = (session, sources) => {
  const { connection, client } = session;
  const project = createProject(session, sources);
  let queue: Promise<void> = Promise.resolve();
  const enqueue = (what: string, work: () => Promise<void>) => {
    queue = queue.then(work);
    inBackground(connection, what, queue);
    queue = queue.catch(() => undefined);
  };

  session.initialized.listen(() => {
    enqueue('loading the workspace', () => project.setFolders(session.folders));
    if (client.workspace?.workspaceFolders === true) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => keyOf(uri)));
        const rest = project.folderUris().filter((uri) => !gone.has(keyOf(uri)));
        const uris = [...rest, ...added.map(({ uri }) => uri)];
        enqueue('loading the workspace', () => project.setFolders(uris));
      });
    }
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
      const registered = connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [...watchers],
      });
      inBackground(connection, 'watching files', registered);
    }
  });
  connection.onDidChangeWatchedFiles(({ changes }) =>
    enqueue('following changed files', () => project.apply(changes.map(toChange))),
  );
  const rescan = async () => enqueue('reading the workspace again', () => project.rescan());
  connection.workspace.onDidRenameFiles(rescan);
  connection.workspace.onDidDeleteFiles(rescan);
  connection.workspace.onDidCreateFiles(rescan);

  const folders = { filters: [{ pattern: { glob: '**', matches: 'folder' as const } }] };
  return {
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { didCreate: folders, didRename: folders, didDelete: folders },
    },
  };
};

function toChange({ uri, type }: FileEvent) {
  return { key: keyOf(uri), isGone: type === FileChangeType.Deleted };
}
