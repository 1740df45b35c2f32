/** Exercises that lie in this window: what holds of their checks, and how their tests went. */
import * as vscode from 'vscode';
import { exerciseById } from '../../../server/src/curriculum/curriculum.ts';
import { type Exercise, isToldByChecks } from '../../../server/src/curriculum/exercise.ts';
import { testsIn } from '../../../server/src/curriculum/pytest.ts';
import { readStarted, STARTED_FILE } from '../../../server/src/curriculum/started.ts';
import type { Client } from '../host.ts';
import { type Content, readText } from './content.ts';
import type { Memory } from './memory.ts';
import { withExercise } from './progress.ts';

/** See `ShownResult` of the server. */
export interface CheckResult {
  readonly holds: boolean;
  readonly why: string | null;
  readonly at: {
    readonly uri: string;
    readonly range: {
      readonly start: { readonly line: number; readonly character: number };
      readonly end: { readonly line: number; readonly character: number };
    };
  } | null;
}

export interface TestOutcome {
  readonly passed: boolean;
  /** What the failure says, in a line. */
  readonly says?: string;
}

export type TestOutcomes = ReadonlyMap<string, TestOutcome>;

export interface Active {
  readonly exercise: Exercise;
  readonly folder: vscode.Uri;
  /** Undefined while the project is being read. */
  checks: readonly CheckResult[] | undefined;
  /** By the name of a test; empty until they were run, and again after an edit. */
  readonly tests: Map<string, TestOutcome>;
  /** Goes up with every edit below the folder. */
  edits: number;
  isRunning: boolean;
  /** The names of all of its tests; of none where no Python runs. */
  readonly testNames: readonly string[];
}

/** Where an exercise was started: in this window, in a folder that is not open here, or not at all. */
export type Place = 'here' | 'elsewhere' | 'nowhere';

export interface ActiveExercises extends vscode.Disposable {
  all(): readonly Active[];
  byId(id: string): Active | undefined;
  placeOf(exercise: Exercise): Place;
  /** That of the file in front, else the only one. */
  current(): Active | undefined;
  readonly onDidChange: vscode.Event<void>;
  /** Looks again which exercises there are. */
  refresh(): Promise<void>;
  /** A server has started. */
  attach(client: Client): void;
  /** Its tests are being run; how they went before is of no interest any more. */
  setRunning(id: string, isRunning: boolean): void;
  /** How the tests went, of the text as it was after `edits` of them; notes when all is well. */
  setTests(id: string, tests: TestOutcomes, edits: number): void;
  readonly onDidPass: vscode.Event<Exercise>;
}

interface Told {
  readonly folder: string;
  readonly results: readonly CheckResult[] | null;
}

/** `canRunTests`: whether behaviour can be tried here at all; in a browser what is checked while typing is what counts. */
export function createActive(
  content: Content,
  memory: Memory,
  canRunTests: boolean,
): ActiveExercises {
  const { curriculum } = content;
  const found = new Map<string, Active>();
  const changed = new vscode.EventEmitter<void>();
  const passed = new vscode.EventEmitter<Exercise>();
  let client: Client | undefined;

  const ask = async (active: Active) => {
    const { exercise, folder } = active;
    try {
      const told = await client?.sendRequest<Told>('fastapiMentor/exercise', {
        folder: folder.toString(),
        checks: exercise.checks,
      });
      if (told !== undefined) take(told);
    } catch {
      // A server that is being stopped answers nothing; the next one is asked again.
    }
  };
  const take = ({ folder, results }: Told) => {
    const key = vscode.Uri.parse(folder).toString();
    const active = [...found.values()].find((each) => each.folder.toString() === key);
    if (active === undefined) return;
    active.checks = results ?? undefined;
    note(active);
    changed.fire();
  };
  const note = ({ exercise, checks, tests, testNames }: Active) => {
    const isTried = testNames.every((name) => tests.get(name)?.passed === true);
    if (!canRunTests && !isToldByChecks(exercise)) return;
    if (!isTried || checks?.every(({ holds }) => holds) !== true) return;
    if (memory.progress.exercises[exercise.id] === 'passed') return;
    void memory.update((progress) => withExercise(progress, exercise.id, 'passed'));
    passed.fire(exercise);
  };

  const refresh = async () => {
    const folders = [
      ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri),
      ...curriculum.tracks
        .flatMap(({ chapters }) => chapters.flatMap(({ lessons }) => lessons))
        .flatMap(({ exercises }) => exercises.flatMap(({ id }) => memory.folderOf(id) ?? []))
        .filter((folder) => vscode.workspace.getWorkspaceFolder(folder) !== undefined),
    ];
    const now = new Map<string, Active>();
    for (const folder of folders) {
      const text = await readText(vscode.Uri.joinPath(folder, STARTED_FILE));
      const exercise = exerciseById(curriculum, readStarted(text ?? '') ?? '');
      if (exercise === undefined) continue;
      const known = found.get(exercise.id);
      const isSame = known?.folder.toString() === folder.toString();
      const testNames = canRunTests ? await namesOfTests(content, exercise) : [];
      const nothing = { checks: undefined, tests: new Map(), edits: 0, isRunning: false };
      const fresh = { exercise, folder, testNames, ...nothing };
      now.set(exercise.id, isSame && known ? known : fresh);
    }
    for (const [id, { folder }] of found) {
      if (now.get(id)?.folder.toString() === folder.toString()) continue;
      void client
        ?.sendNotification('fastapiMentor/exerciseEnd', { folder: folder.toString() })
        .catch(() => undefined);
    }
    found.clear();
    for (const [id, active] of now) {
      found.set(id, active);
      await memory.setFolder(id, active.folder);
      await memory.update((progress) =>
        withExercise(progress, id, progress.exercises[id] ?? 'started'),
      );
    }
    changed.fire();
    await Promise.all([...found.values()].map(ask));
  };

  const watcher = vscode.Disposable.from(
    vscode.workspace.onDidChangeWorkspaceFolders(() => refresh()),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0) return;
      for (const active of found.values()) {
        if (!isInside(document.uri, active.folder)) continue;
        active.edits++;
        // How they went with another text says nothing of this one.
        if (active.tests.size === 0) continue;
        active.tests.clear();
        changed.fire();
      }
    }),
  );
  return {
    all: () => [...found.values()],
    byId: (id) => found.get(id),
    placeOf({ id }) {
      if (found.has(id)) return 'here';
      return memory.folderOf(id) === undefined ? 'nowhere' : 'elsewhere';
    },
    current() {
      const uri = vscode.window.activeTextEditor?.document.uri;
      const all = [...found.values()];
      const around = uri && all.find(({ folder }) => isInside(uri, folder));
      return around ?? (all.length === 1 ? all[0] : undefined);
    },
    onDidChange: changed.event,
    refresh,
    attach(started) {
      client = started;
      started.onNotification('fastapiMentor/exerciseResults', take);
      void Promise.all([...found.values()].map(ask));
    },
    setRunning(id, isRunning) {
      const active = found.get(id);
      if (active === undefined) return;
      active.isRunning = isRunning;
      if (isRunning) active.tests.clear();
      changed.fire();
    },
    setTests(id, tests, edits) {
      const active = found.get(id);
      if (active === undefined || active.edits !== edits) return;
      for (const [test, outcome] of tests) active.tests.set(test, outcome);
      note(active);
      changed.fire();
    },
    onDidPass: passed.event,
    dispose() {
      watcher.dispose();
      changed.dispose();
      passed.dispose();
    },
  };
}

/** Whether a file lies in a folder. */
export function isInside(file: vscode.Uri, folder: vscode.Uri): boolean {
  return file.toString().startsWith(`${folder.toString().replace(/\/$/, '')}/`);
}

async function namesOfTests(content: Content, exercise: Exercise): Promise<readonly string[]> {
  const folder = content.folderOf(exercise);
  const texts = exercise.tests.map((file) => readText(vscode.Uri.joinPath(folder, file)));
  return (await Promise.all(texts)).flatMap((text) => testsIn(text ?? '').map(({ name }) => name));
}
