import * as vscode from 'vscode';
import type { Context } from '../host.ts';
import { type Progress, readProgress, withWhatIsUnknown } from './progress.ts';

const progressKey = 'fastapiMentor.learn';
/** Folders are of this machine: they are not synced. */
const foldersKey = 'fastapiMentor.learn.folders';
const openedKey = 'fastapiMentor.learn.opened';

/** What is remembered of somebody's learning, on all of their machines. */
export interface Memory {
  readonly progress: Progress;
  /** It, with what a newer version has kept beside it. */
  readonly everything: unknown;
  update(change: (progress: Progress) => Progress): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
  folderOf(exercise: string): vscode.Uri | undefined;
  setFolder(exercise: string, folder: vscode.Uri | undefined): Promise<void>;
  /** The folder that is to be shown when its window opens, once. */
  takeOpened(): vscode.Uri | undefined;
  setOpened(folder: vscode.Uri): Promise<void>;
}

export function createMemory(context: Pick<Context, 'globalState'>): Memory & vscode.Disposable {
  const state = context.globalState;
  state.setKeysForSync([progressKey]);
  const changed = new vscode.EventEmitter<void>();
  let seen = JSON.stringify(state.get(progressKey));
  const tell = () => {
    seen = JSON.stringify(state.get(progressKey));
    changed.fire();
  };
  // Nobody says what another window has done: it is looked for when somebody turns to this one.
  const look = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused && JSON.stringify(state.get(progressKey)) !== seen) tell();
  });
  const folders = () => state.get<Readonly<Record<string, string>>>(foldersKey, {});
  return {
    // Read each time: another window, or another machine, may have changed it.
    get progress() {
      return readProgress(state.get(progressKey));
    },
    get everything() {
      const kept = state.get(progressKey);
      return withWhatIsUnknown(kept, readProgress(kept));
    },
    async update(change) {
      const kept = state.get(progressKey);
      const before = readProgress(kept);
      const now = change(before);
      if (JSON.stringify(now) === JSON.stringify(before)) return;
      await state.update(progressKey, withWhatIsUnknown(kept, now));
      tell();
    },
    onDidChange: changed.event,
    folderOf(exercise) {
      const folder = folders()[exercise];
      return folder === undefined ? undefined : vscode.Uri.parse(folder);
    },
    async setFolder(exercise, folder) {
      const { [exercise]: _, ...others } = folders();
      const own = folder === undefined ? {} : { [exercise]: folder.toString() };
      await state.update(foldersKey, { ...others, ...own });
      changed.fire();
    },
    takeOpened() {
      const folder = state.get<string>(openedKey);
      if (folder !== undefined) void state.update(openedKey, undefined);
      return folder === undefined ? undefined : vscode.Uri.parse(folder);
    },
    async setOpened(folder) {
      await state.update(openedKey, folder.toString());
    },
    dispose() {
      look.dispose();
      changed.dispose();
    },
  };
}
