/** `fastapi-mentor learn`: the exercises, listed and checked in a terminal as the editor does it. */
import { describeCheck } from '../curriculum/checks.ts';
import { type Curriculum, exerciseById, lessonsOf } from '../curriculum/curriculum.ts';
import type { Exercise } from '../curriculum/exercise.ts';
import { describeFailure, describeTest } from '../curriculum/pytest.ts';
import { readStarted, STARTED_FILE } from '../curriculum/started.ts';
import type { CheckResult } from '../engine/exercise.ts';
import { discover } from '../project/discover.ts';
import { joinPath } from '../project/fileSystem.ts';
import { readSource } from '../project/readSource.ts';
import { type CliDeps, type Language, UsageError } from './deps.ts';
import { runTests, type TestResult } from './learnTests.ts';
import { printReport, type Report } from './reportLearn.ts';

export interface LearnOptions {
  readonly format: 'text' | 'json';
  readonly lang: Language;
  /** Where the exercise is being solved. */
  readonly dir?: string;
  readonly python?: string;
  /** `false` leaves the behaviour out. */
  readonly tests: boolean;
}

/** Prints every exercise with its id. */
export async function listExercises(
  { format, lang }: Pick<LearnOptions, 'format' | 'lang'>,
  deps: CliDeps,
): Promise<number> {
  const { curriculum } = await deps.readCurriculum();
  const all = lessonsOf(curriculum).flatMap(({ exercises }) => exercises);
  const listed = all.map(({ id, title, difficulty, minutes }) => ({
    id,
    title: title[lang],
    difficulty,
    minutes,
  }));
  const lines = listed.map(({ id, title }) => `${id}  ${title}\n`).join('');
  deps.stdout.write(format === 'json' ? `${JSON.stringify(listed, null, 2)}\n` : lines);
  return 0;
}

/**
 * Checks what a person has made of an exercise: what the project model says, then the tests in their Python. Gives the
 * exit code. Rejects with a `UsageError` for an exercise or a folder that is not there.
 */
export async function checkExercise(
  named: string,
  options: LearnOptions,
  deps: CliDeps,
): Promise<number> {
  const { curriculum, walkthroughs } = await deps.readCurriculum();
  const { exercise, folder } = await find(named, options, curriculum, deps);
  const results = await checkFolder(exercise, folder, deps);
  const tests = options.tests
    ? await runTests({ exercise, folder, walkthroughs, python: options.python }, deps)
    : undefined;
  const known = reportOf(exercise, folder, results, tests?.results, options.lang);
  // What could not be tried has not passed.
  const report = { ...known, passed: known.passed && tests?.problem === undefined };
  deps.stdout.write(printReport(report, options));
  if (tests?.problem !== undefined) {
    deps.stderr.write(`fastapi-mentor: ${tests.problem}\n`);
    return 2;
  }
  return report.passed ? 0 : 1;
}

/** An id, with the folder beside it; or a folder in which an exercise was started. */
async function find(
  named: string,
  { dir }: LearnOptions,
  curriculum: Curriculum,
  deps: CliDeps,
): Promise<{ exercise: Exercise; folder: string }> {
  const byId = exerciseById(curriculum, named);
  const folder = deps.resolvePath(dir ?? (byId === undefined ? named : '.'));
  const isFolder = await deps.fs.stat(folder).then(
    ({ type }) => type === 'directory',
    () => false,
  );
  if (byId !== undefined && isFolder) return { exercise: byId, folder };
  if (byId !== undefined) throw new UsageError(`no such folder: ${dir}`);
  const text = await deps.fs.readFile(joinPath(deps.resolvePath(named), STARTED_FILE)).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => '',
  );
  const exercise = exerciseById(curriculum, readStarted(text) ?? '');
  if (exercise === undefined || !isFolder) {
    throw new UsageError(
      `${named} is neither an exercise nor a folder of one; \`fastapi-mentor learn list\` has the ids`,
    );
  }
  return { exercise, folder };
}

async function checkFolder(
  { checks }: Exercise,
  folder: string,
  deps: CliDeps,
): Promise<readonly CheckResult[]> {
  const { workspace } = await deps.createAnalysis(() => undefined);
  workspace.setRoots([{ path: folder, versions: {} }]);
  const { files } = await discover(deps.fs, folder);
  for (const path of files) {
    const source = await readSource(deps.fs, path);
    if (source?.text !== undefined) workspace.setText(path, source.text);
  }
  workspace.setLoaded(true);
  return workspace.checkExercise(folder, checks);
}

function reportOf(
  exercise: Exercise,
  folder: string,
  results: readonly CheckResult[],
  tests: readonly TestResult[] | undefined,
  lang: Language,
): Report {
  const checks = exercise.checks.map((check, index) => {
    const { holds = false, why, at } = results[index] ?? {};
    return {
      check,
      text: describeCheck(check)[lang],
      holds,
      why: why?.[lang] ?? null,
      at: at ? { path: at.path.slice(folder.length + 1), line: at.range.start.line + 1 } : null,
    };
  });
  const shown = tests?.map((one) => ({
    ...one,
    text: describeTest(exercise, one.test)[lang],
    says: one.says && describeFailure(exercise, one.says)[lang],
  }));
  const passed =
    checks.every(({ holds }) => holds) && (tests ?? []).every((test) => test.outcome === 'passed');
  return { exercise: exercise.id, title: exercise.title[lang], passed, checks, tests: shown };
}
