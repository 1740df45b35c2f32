import type { Diagnostic } from '../engine/diagnostic.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { FileSystem } from '../project/fileSystem.ts';

export type Language = 'en' | 'ko';

export interface Analysis {
  readonly workspace: Workspace;
  /** Which tree-sitter runs: `wasm` or `native`. */
  readonly parser: string;
  /** The same finding, said in another language. */
  localise(diagnostic: Diagnostic, language: Language): Diagnostic;
}

/** What the server needs of where it runs. */
export interface ServerDeps {
  readonly version: string;
  /** `onRuleFailure` is told of a rule's own mistake; the other rules are not affected. */
  createAnalysis(onRuleFailure: (rule: string, error: unknown) => void): Promise<Analysis>;
  /** A disk that holds the folders with this scheme; undefined where only the client can read them. */
  fileSystem(scheme: string, authority: string): FileSystem | undefined;
  /** Lets messages that have arrived in the meantime be handled first, cancellations among them. */
  pause(): Promise<void>;
}
