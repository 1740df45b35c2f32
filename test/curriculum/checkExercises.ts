/**
 * Whether exercises are what they say: the starter fails just in what it lists, the solution passes and has no finding,
 * other right solutions pass, wrong ones fail. All behaviour is tried in one pytest process.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { subjectOfCheck } from '../../server/src/curriculum/checks.ts';
import type { Exercise, Failure } from '../../server/src/curriculum/exercise.ts';
import { createWorkspace } from '../../server/src/engine/create.ts';
import { runProgram } from '../../server/src/programs.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';
import { exerciseFolder, filesBelow } from './sources.ts';

/** An exercise as somebody may have made it. */
export interface Case {
  readonly exercise: Exercise;
  /** `starter`, `solution`, `right/one-thread`, `wrong/async-wrapper`. */
  readonly name: string;
  readonly folder: string;
}

/** What failed, by the subject of a check or the name of a test, with what it said. */
type Failures = ReadonlyMap<string, string>;

export async function checkExercises(
  exercises: readonly Exercise[],
  python: string,
  parser: Parser,
): Promise<readonly string[]> {
  const root = mkdtempSync(path.join(tmpdir(), 'curriculum-'));
  try {
    const cases = exercises.flatMap((exercise) => casesOf(exercise, root));
    const { results, printed } = await runTests(cases, root, python);
    if (cases.length > 0 && results.size === 0) return [`no test was run\n${printed}`];
    return cases.flatMap((one) => {
      const tests = results.get(path.basename(one.folder));
      if (tests === undefined) return [`${labelOf(one)}: no test was run`];
      const { failed, findings } = analyse(one, parser);
      return verdict(one, new Map([...failed, ...tests]), findings);
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function labelOf({ exercise, name }: Case): string {
  return `${exercise.id}, ${name}`;
}

/** The starter, and what each variant puts over it. */
function casesOf(exercise: Exercise, root: string): readonly Case[] {
  const source = exerciseFolder(exercise.id);
  const { right, wrong } = exercise.proof;
  const variants: readonly [name: string, over: string | undefined][] = [
    ['starter', undefined],
    ['solution', 'solution'],
    ...right.map(({ name }) => [`right/${name}`, `variants/right/${name}`] as const),
    ...wrong.map(({ name }) => [`wrong/${name}`, `variants/wrong/${name}`] as const),
  ].map(([name = '', over]) => [name, over]);
  return variants.map(([name, over]) => {
    const folder = path.join(root, `${exercise.id}/${name}`.replace(/\W+/g, '_'));
    const options = { recursive: true, filter: (file: string) => !file.includes('__pycache__') };
    cpSync(path.join(source, 'starter'), folder, options);
    if (over !== undefined) cpSync(path.join(source, over), folder, options);
    cpSync(path.join(source, 'tests'), path.join(folder, 'tests'), options);
    return { exercise, name, folder };
  });
}

async function runTests(cases: readonly Case[], root: string, python: string) {
  const configuration = [
    '[pytest]',
    'anyio_mode = auto',
    'faulthandler_timeout = 60',
    'faulthandler_exit_on_timeout = true',
    '',
  ];
  writeFileSync(path.join(root, 'pytest.ini'), configuration.join('\n'));
  const { printed } = await runProgram(
    python,
    [
      ...['-m', 'pytest', '-c', 'pytest.ini', '--rootdir', root, '-q', '--tb=short'],
      ...['-p', 'curriculum_plugin', '-p', 'anyio.pytest_plugin', '-p', 'no:cacheprovider'],
      ...['--import-mode=importlib', '--continue-on-collection-errors', '.'],
    ],
    {
      cwd: root,
      env: {
        CURRICULUM_ROOT: root,
        PYTHONPATH: import.meta.dirname,
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONUTF8: '1',
        PYTEST_ADDOPTS: '',
        PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1',
      },
    },
  );
  const file = path.join(root, 'results.jsonl');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  const results = new Map<string, Map<string, string>>();
  for (const line of lines) {
    const [folder, test, outcome, says]: [string, string, string, string] = JSON.parse(line);
    const failures = results.get(folder) ?? new Map<string, string>();
    results.set(folder, failures);
    if (outcome !== 'passed') failures.set(test, says);
  }
  return { results, printed: cases.length === 0 ? '' : printed };
}

/** What is checked while typing, and every finding. */
function analyse({ exercise, folder }: Case, parser: Parser) {
  const broken: string[] = [];
  const workspace = createWorkspace({
    parser,
    onRuleFailure: (rule, error) => broken.push(`${rule} failed: ${String(error)}`),
  });
  const root = folder.replaceAll(path.sep, '/');
  workspace.setRoots([{ path: root, versions: {} }]);
  for (const file of filesBelow(folder))
    if (file.endsWith('.py'))
      workspace.setText(`${root}/${file}`, readFileSync(path.join(folder, file), 'utf8'));
  workspace.setLoaded(true);
  const failed = new Map<string, string>();
  for (const [index, result] of workspace.checkExercise(root, exercise.checks).entries()) {
    const check = exercise.checks[index];
    if (check !== undefined && !result.holds)
      failed.set(subjectOfCheck(check), result.why?.en ?? '');
  }
  const findings = [
    ...broken,
    ...workspace
      .paths()
      .filter((file) => !file.startsWith(`${root}/tests/`))
      .flatMap((file) => workspace.diagnose(file))
      .map(
        ({ rule, path: file, range }) =>
          `${rule} at ${file.slice(root.length + 1)}:${range.start.line + 1}`,
      ),
  ];
  return { failed, findings };
}

/** What a case does other than it should. */
export function verdict(one: Case, failed: Failures, findings: readonly string[]): string[] {
  const { exercise, name } = one;
  const { proof } = exercise;
  const say = (what: string) => `${labelOf(one)}: ${what}`;
  if (name === 'starter') {
    const listed = proof.starter.map(({ what }) => what);
    const more = [...failed].filter(([what]) => !listed.includes(what));
    return [
      ...missing(proof.starter, failed).map(say),
      ...more.map(([what, says]) => say(`${what} fails and is not listed: ${lastLine(says)}`)),
    ];
  }
  if (name.startsWith('wrong/')) {
    const wrong = proof.wrong.find((each) => `wrong/${each.name}` === name);
    return missing(wrong?.fails ?? [], failed).map(say);
  }
  return [
    ...[...failed].map(([what, says]) => say(`${what} fails: ${lastLine(says)}`)),
    ...(name === 'solution' ? findings.map((each) => say(`it has a finding: ${each}`)) : []),
  ];
}

/** What should fail and does not, or says something else. */
function missing(listed: readonly Failure[], failed: Failures): readonly string[] {
  return listed.flatMap(({ what, says }) => {
    const said = failed.get(what);
    if (said === undefined) return [`${what} should fail, and does not`];
    if (says !== undefined && !said.includes(says))
      return [`${what} should say "${says}", and says: ${lastLine(said)}`];
    return [];
  });
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
