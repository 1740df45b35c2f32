import type { Workspace } from '../engine/workspace.ts';
import { inBackground, type Session } from './session.ts';

/**
 * The texts that the workspace sees: an open document's where there is one, the disk's elsewhere. Edits reach the
 * workspace only when somebody asks for findings, so that a burst of them costs one.
 */
export interface Sources {
  /** The text on disk has been read; `undefined` when there is none (any more). */
  setDisk(key: string, text: string | undefined): void;
  /** An open document has a new text. */
  edited(key: string): void;
  /** A document is no longer open: the disk has its say again. */
  closed(key: string): void;
  /** Gives the workspace what it has not seen yet. */
  flush(workspace: Workspace): void;
  /** Keys of the files that were found on disk. */
  onDisk(): ReadonlySet<string>;
  /** How `closed` gets the text of a file of the project; set by who knows the disk. */
  reread: (key: string) => Promise<string | undefined>;
}

export function createSources(session: Session): Sources {
  const { documents, connection } = session;
  const pending = new Map<string, string | undefined>();
  const disk = new Set<string>();
  const sources: Sources = {
    setDisk(key, text) {
      if (text === undefined) disk.delete(key);
      else disk.add(key);
      if (!documents.has(key)) pending.set(key, text);
    },
    edited(key) {
      if (session.configurations.edited(key)) return;
      pending.set(key, documents.get(key)?.text);
    },
    closed(key) {
      if (session.configurations.edited(key)) return;
      if (!disk.has(key)) {
        pending.set(key, undefined);
        return;
      }
      const read = sources.reread(key).then((text) => {
        sources.setDisk(key, text);
        session.changed.emit();
      });
      inBackground(connection, 'reading a closed file', read);
    },
    flush(workspace) {
      session.configurations.flush(workspace);
      for (const [key, text] of pending) {
        if (text === undefined) workspace.removeFile(key);
        else workspace.setText(key, text);
      }
      pending.clear();
    },
    onDisk: () => disk,
    reread: async () => undefined,
  };
  return sources;
}
