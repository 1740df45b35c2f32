/** The tests of an exercise, run by pytest in the learner's Python. */
import type { Exercise } from '../curriculum/exercise.ts';
import {
  pytestCommand,
  readEvent,
  type TestEvent,
  testFiles,
  whyNotRun,
} from '../curriculum/pytest.ts';
import { joinPath } from '../project/fileSystem.ts';
import type { CliDeps } from './deps.ts';

export interface TestResult {
  readonly test: string;
  readonly outcome: 'passed' | 'failed';
  readonly says: string | null;
}

export interface TestsRun {
  readonly results: readonly TestResult[];
  /** Why they could not be run, in one line. */
  readonly problem?: string;
}

interface Wanted {
  readonly exercise: Exercise;
  readonly folder: string;
  readonly walkthroughs: string;
  readonly python: string | undefined;
}

export async function runTests(wanted: Wanted, deps: CliDeps): Promise<TestsRun> {
  const { exercise, folder, walkthroughs } = wanted;
  const python = wanted.python ?? (await choosePython(folder, deps));
  const { args, env } = pytestCommand({
    folder,
    walkthroughs,
    tests: testFiles(walkthroughs, exercise),
    pathDelimiter: deps.pathDelimiter,
  });
  const events: TestEvent[] = [];
  const { code, printed } = await deps.runProgram(python, args, {
    cwd: folder,
    env,
    onLine(line) {
      const event = readEvent(line);
      if (event !== undefined) events.push(event);
    },
  });
  if (code === undefined) {
    return { results: [], problem: `there is no Python (${python}); name one with --python` };
  }
  const broken = events.flatMap((event) => (event.kind === 'broken' ? event.says : []));
  const results = events.flatMap((event): TestResult[] =>
    event.kind === 'ended'
      ? [{ test: event.test, outcome: event.outcome, says: event.says === '' ? null : event.says }]
      : [],
  );
  // A module that can't be imported is what is wrong with the exercise, and not with the set-up.
  for (const says of broken) {
    const isMissing = whyNotRun(says) !== 'broken';
    if (isMissing) return { results, problem: missing(python, walkthroughs, exercise, says) };
    results.push({ test: 'import', outcome: 'failed', says: lastLine(says) });
  }
  if (results.length > 0) return { results };
  return { results, problem: missing(python, walkthroughs, exercise, printed) };
}

function missing(python: string, walkthroughs: string, { id }: Exercise, printed: string): string {
  const track = id.slice(0, id.indexOf('/'));
  const install = `${python} -m pip install -r ${walkthroughs}/${track}/requirements.txt`;
  switch (whyNotRun(printed)) {
    case 'no-pytest':
      return `${python} has no pytest; install it with: ${install}`;
    case 'no-packages':
      return `${python} lacks what the exercise needs; install it with: ${install}`;
    case 'broken':
      return `pytest could not run the tests: ${lastLine(printed)}`;
  }
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}

/** The folder's own environment, the one that is active, else what is on the path. */
async function choosePython(folder: string, deps: CliDeps): Promise<string> {
  const environments = [joinPath(folder, '.venv'), deps.env.VIRTUAL_ENV];
  for (const environment of environments) {
    if (environment === undefined || environment === '') continue;
    for (const inside of ['bin/python', 'Scripts/python.exe']) {
      const python = joinPath(environment, inside);
      const isThere = await deps.fs.stat(python).then(
        () => true,
        () => false,
      );
      if (isThere) return python;
    }
  }
  return deps.env.OS === 'Windows_NT' ? 'python' : 'python3';
}
