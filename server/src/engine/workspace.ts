import type { Check } from '../curriculum/checks.ts';
import type { RuleInfo } from '../project/config.ts';
import type { RootConfiguration } from '../project/config-files.ts';
import type { Callable, CallRelation, WhyHere } from './call-graph.ts';
import type { Diagnostic, Position } from './diagnostic.ts';
import type { CheckResult } from './exercise.ts';
import type { ListedApplication } from './routes.ts';

/** Versions a project pins, by normalised package name (`fastapi`, `pydantic`); absent means unknown. */
export type PinnedVersions = Readonly<Record<string, string>>;

/** One folder that is analysed as one project. `path` is the prefix of its files' paths, without a trailing slash. */
export interface Root {
  readonly path: string;
  readonly versions: PinnedVersions;
  /** By the path of a folder below: what is pinned there for itself. */
  readonly folders?: Readonly<Record<string, PinnedVersions>>;
}

/**
 * The whole analysis behind one object: texts go in, diagnostics come out. It is synchronous and pure: what it says
 * depends on the texts and roots only, not on the order in which they came. A `path` is any string that uses `/`
 * between its parts (an absolute POSIX path on the command line, a URI in the language server).
 */
export interface Workspace {
  setRoots(roots: readonly Root[]): void;
  /** What is said about the rules in one root, by its path; with the empty path, in files of no root. */
  setConfiguration(root: string, configuration: RootConfiguration): void;
  /** The rules that may be spoken of. */
  rules(): readonly RuleInfo[];
  /** A new or a changed file. */
  setText(path: string, text: string): void;
  removeFile(path: string): void;
  /** Says that every file of the roots has been set, so findings that unread files could refute may appear. */
  setLoaded(loaded: boolean): void;
  /** Does ahead what the first look at the whole project would have to do for this file. */
  prepare(path: string): void;
  /** Every application of the project with its routes. */
  applications(): readonly ListedApplication[];
  /** Which routes reach the code at a place, where it runs, and what it blocks on; nothing outside of functions. */
  whyHere(path: string, position: Position): WhyHere | null;
  /** The function that is called or defined at a place, else the one around it. */
  callableAt(path: string, position: Position): Callable | null;
  /** Who runs a function, and what it runs, by the id of a `Callable`. */
  incomingCalls(id: string): readonly CallRelation[];
  outgoingCalls(id: string): readonly CallRelation[];
  /** Whether the project in a folder does what an exercise asks of it: a result for each check. */
  checkExercise(folder: string, checks: readonly Check[]): readonly CheckResult[];
  /** Called before each computation; when it throws `Cancelled`, so does `diagnose`, and nothing half-done is kept. */
  setCheckpoint(check: (() => void) | undefined): void;
  paths(): readonly string[];
  /** Whether something of a file can't be read as Python. */
  isBroken(path: string): boolean;
  /** The findings of one file, in the order of the text. */
  diagnose(path: string): readonly Diagnostic[];
}
