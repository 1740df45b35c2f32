import * as vscode from 'vscode';
import type { Client } from './host.ts';

/** What is accepted in this workspace; the server reads it at its start, and says what to keep. */
export interface Kept {
  readonly accepted: readonly unknown[];
  /** Whether a baseline file in a folder has its say. */
  readonly useFiles: boolean;
}

export interface OnlyNew {
  kept(): Kept;
  /** Accepts all that is found now. */
  accept(): Promise<void>;
  /** Takes back what was accepted. */
  showAll(): Promise<void>;
}

const key = 'fastapiMentor.accepted';
const nothing: Kept = { accepted: [], useFiles: true };

/** An old project need not open to a wall of findings: what is there can be accepted, and only new code is told of. */
export function createOnlyNew(state: vscode.Memento, client: () => Client | undefined): OnlyNew {
  const kept = () => state.get<Kept>(key, nothing);
  const showAll = async () => {
    const all: Kept = { accepted: [], useFiles: false };
    await state.update(key, all);
    await client()?.sendNotification('fastapiMentor/accepted', all);
  };
  const undo = async (before: Kept) => {
    await state.update(key, before);
    await client()?.sendNotification('fastapiMentor/accepted', before);
  };
  return {
    kept,
    showAll,
    async accept() {
      const running = client();
      if (running === undefined) return;
      const before = kept();
      const options: vscode.ProgressOptions = {
        location: vscode.ProgressLocation.Window,
        title: vscode.l10n.t('FastAPI Mentor: accepting what is there'),
      };
      const now = await vscode.window.withProgress(options, () =>
        running.sendRequest<Kept>('fastapiMentor/accept'),
      );
      await state.update(key, now);
      const again = vscode.l10n.t('Undo');
      const message = vscode.l10n.t(
        'Only new code is checked from now on. Findings hidden: {0}',
        countAccepted(now.accepted),
      );
      // Nobody need answer: the command has done its work.
      void vscode.window.showInformationMessage(message, again).then((chosen) => {
        if (chosen === again) return undo(before);
        return undefined;
      });
    },
  };
}

/** An entry may stand for several findings that say the same. */
function countAccepted(accepted: readonly unknown[]): number {
  return accepted.reduce<number>((sum, entry) => sum + countOf(entry), 0);
}

function countOf(entry: unknown): number {
  if (typeof entry !== 'object' || entry === null || !('count' in entry)) return 1;
  return typeof entry.count === 'number' ? entry.count : 1;
}
