/** How the tests of an exercise are run, and what they say: the same for the editor and the command line. */
import type { Exercise } from './exercise.ts';
import type { Words } from './words.ts';

/** Folders and files by absolute paths of the machine. */
export interface TestRun {
  /** What is tried: the exercise's folder, as the learner has it. */
  readonly folder: string;
  /** `walkthroughs/` of the extension. */
  readonly walkthroughs: string;
  /** The tests that are run, from the exercise's own folder: changing a copy of them changes nothing. */
  readonly tests: readonly string[];
  /** Only tests whose name is one of these. */
  readonly only?: readonly string[];
  /** Between two entries of `PYTHONPATH`. */
  readonly pathDelimiter: string;
}

/** The arguments for a Python, and what to put into its environment. The working folder is `folder`. */
export function pytestCommand({ folder, walkthroughs, tests, only, pathDelimiter }: TestRun) {
  const own = `${walkthroughs}/pytest`;
  return {
    args: [
      ...['-m', 'pytest', '-c', `${own}/pytest.ini`, '--rootdir', folder],
      ...['-p', 'mentor_report', '-p', 'anyio.pytest_plugin', '-p', 'no:cacheprovider'],
      ...['--import-mode=importlib', '-q', '--tb=short'],
      ...(only === undefined ? [] : ['-k', only.join(' or ')]),
      ...tests,
    ],
    env: {
      PYTHONPATH: [folder, own].join(pathDelimiter),
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUTF8: '1',
      // Somebody's own options and plugins are not to change what an exercise says.
      PYTEST_ADDOPTS: '',
      PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1',
    },
  };
}

/** The tests of an exercise where they lie in the extension. */
export function testFiles(walkthroughs: string, { id, tests }: Exercise): readonly string[] {
  return tests.map((test) => `${walkthroughs}/${exercisePath(id)}/${test}`);
}

/** The folder of an exercise in `walkthroughs/`: `expert/04-async/exercises/1-stalled-service`. */
export function exercisePath(id: string): string {
  const slash = id.lastIndexOf('/');
  return `${id.slice(0, slash)}/exercises/${id.slice(slash + 1)}`;
}

export type TestEvent =
  | { readonly kind: 'found'; readonly tests: readonly string[] }
  | { readonly kind: 'started'; readonly test: string }
  | { readonly kind: 'broken'; readonly says: string }
  | {
      readonly kind: 'ended';
      readonly test: string;
      readonly outcome: 'passed' | 'failed';
      /** What the failure says, in short and with its whole story. */
      readonly says: string;
      readonly long: string;
      readonly line: number;
    };

const MARK = '##mentor##';

/** What a line of the output tells; nothing for one that pytest itself prints. */
export function readEvent(line: string): TestEvent | undefined {
  const start = line.indexOf(MARK);
  if (start < 0) return undefined;
  let told: unknown;
  try {
    told = JSON.parse(line.slice(start + MARK.length));
  } catch {
    return undefined;
  }
  if (typeof told !== 'object' || told === null) return undefined;
  const given: Readonly<Record<string, unknown>> = { ...told };
  const text = (key: string) => (typeof given[key] === 'string' ? given[key] : '');
  const { kind, tests, outcome, line: at } = given;
  if (kind === 'found' && Array.isArray(tests)) return { kind, tests: tests.map(String) };
  if (kind === 'started') return { kind, test: text('test') };
  if (kind === 'broken') return { kind, says: text('says') };
  if (kind !== 'ended') return undefined;
  return {
    kind,
    test: text('test'),
    outcome: outcome === 'passed' ? 'passed' : 'failed',
    says: text('says'),
    long: text('long'),
    line: typeof at === 'number' ? at : 1,
  };
}

/** Why a run that told nothing could not be made, by what was printed. */
export function whyNotRun(printed: string): 'no-pytest' | 'no-packages' | 'broken' {
  const missing = /No module named '?(\w+)/.exec(printed)?.[1] ?? '';
  if (missing === 'pytest') return 'no-pytest';
  return PACKAGES.has(missing) ? 'no-packages' : 'broken';
}

/** What the tracks' requirements bring, by the names that are imported. */
const PACKAGES: ReadonlySet<string> = new Set([
  ...['aiosqlite', 'anyio', 'fastapi', 'httpx', 'jwt', 'multipart', 'pwdlib', 'pydantic'],
  ...['pydantic_settings', 'python_multipart', 'requests', 'sqlalchemy', 'starlette', 'uvicorn'],
]);

/** The test functions of a file, with their 0-based lines. */
export function testsIn(text: string): readonly { readonly name: string; readonly line: number }[] {
  return text.split('\n').flatMap((source, line) => {
    const name = /^(?:async )?def (test_\w+)\(/.exec(source)?.[1];
    return name === undefined ? [] : [{ name, line }];
  });
}

/** What a test tries, in a line of the checklist. */
export function describeTest({ behaviour }: Exercise, test: string): Words {
  const bracket = test.indexOf('[');
  const said = behaviour[bracket < 0 ? test : test.slice(0, bracket)];
  const given = bracket < 0 ? '' : ` ${test.slice(bracket)}`;
  const name = sentenceOf(test);
  return said === undefined
    ? { en: name, ko: name }
    : { en: `${said.en}${given}`, ko: `${said.ko}${given}` };
}

/** What a failed test says; what its exercise has no words for, as an error of Python itself, stays as it is. */
export function describeFailure({ says }: Exercise, said: string): Words {
  for (const { en, ko } of says) {
    const given = partsOf(en, said);
    if (given !== undefined) {
      return { en: said, ko: ko.replace(/\{(\w+)\}/g, (whole, part) => given[part] ?? whole) };
    }
  }
  return { en: said, ko: said };
}

/** What stands in a text in the places of a pattern: `lists {runs}` and `lists a, b` give `a, b`. */
function partsOf(pattern: string, text: string): Readonly<Record<string, string>> | undefined {
  const source = pattern
    .split(/\{(\w+)\}/)
    .map((part, index) =>
      index % 2 === 0 ? part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : `(?<${part}>.*?)`,
    )
    .join('');
  const match = new RegExp(`^${source}$`, 's').exec(text);
  return match === null ? undefined : { ...match.groups };
}

/** `test_others_are_answered[EUR]` as a sentence: `others are answered [EUR]`. */
function sentenceOf(test: string): string {
  return test
    .replace(/^test_/, '')
    .replace(/_/g, ' ')
    .replace('[', ' [');
}
