import type { Curriculum } from '../curriculum/curriculum.ts';
import type { Diagnostic } from '../engine/diagnostic.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { FileSystem } from '../project/fileSystem.ts';

import type { Share, ShareDone } from './shares.ts';

export type Language = 'en' | 'ko';

export interface Analysis {
  readonly workspace: Workspace;
  /** Which tree-sitter runs: `wasm` or `native`. */
  readonly parser: string;
  /** The same finding, said in another language. */
  localise(diagnostic: Diagnostic, language: Language): Diagnostic;
}

export interface Output {
  /** Bytes are written as they are. */
  write(text: string | Uint8Array): void;
  readonly isTTY: boolean;
}

/** What a command needs of the machine it runs on. */
export interface CliDeps {
  readonly version: string;
  readonly fs: FileSystem;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Replaces a file at once, or not at all; its mode stays, and a link stays one. */
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
  readStdin(): Promise<Uint8Array>;
  /** Other threads that can take a share of the analysis; none where there are none. */
  readonly threads?: {
    /** How many may run at once, this one included. */
    readonly available: number;
    run(share: Share): Promise<ShareDone>;
  };
  /** The Python files below a folder as they were in a commit, with the paths they have there. Rejects with one line. */
  readGitTree(folder: string, ref: string): Promise<readonly (readonly [string, Uint8Array])[]>;
  /** The lessons and exercises that come with the program, and the folder that holds them. */
  readCurriculum(): Promise<{ readonly curriculum: Curriculum; readonly walkthroughs: string }>;
  /** Runs a program to its end; `code` is `undefined` when there is none of that name. Never rejects. */
  runProgram(
    command: string,
    args: readonly string[],
    options: {
      readonly cwd: string;
      readonly env: Readonly<Record<string, string>>;
      onLine?(line: string): void;
    },
  ): Promise<{ readonly code: number | undefined; readonly printed: string }>;
  /** Between the entries of a list of folders in the environment. */
  readonly pathDelimiter: string;
  /** An absolute path with `/` of what a person typed. */
  resolvePath(typed: string): string;
  /** `onRuleFailure` is told of a rule's own mistake; the other rules are not affected. */
  createAnalysis(onRuleFailure: (rule: string, error: unknown) => void): Promise<Analysis>;
}

/** What the person who typed the command can mend. Its message is the one line on stderr; the exit code is 2. */
export class UsageError extends Error {}
