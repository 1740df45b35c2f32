/** The authoring kit: everything that is checked about lessons and their exercises. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import {
  type Curriculum,
  exercisesOf,
  type Lesson,
  lessonsOf,
} from '../../server/src/curriculum/curriculum.ts';
import type { Exercise } from '../../server/src/curriculum/exercise.ts';
import { exercisePath, pytestCommand } from '../../server/src/curriculum/pytest.ts';
import { runProgram } from '../../server/src/programs.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';
import { analyse } from './analyse.ts';
import { type How, startTests, type Tests, turns } from './behaviour.ts';
import { type Case, textsBelow } from './cases.ts';
import { checkExamples } from './checkExamples.ts';
import { type Analysis, type Bench, checkExercise } from './checkExercises.ts';
import { checkPages } from './checkPages.ts';
import { keyOf, rememberIn } from './remembered.ts';
import { sourcesIn } from './sources.ts';

/** Tests nearly always wait, so far more than one fits into a processor. */
const AT_ONCE = 8;

export interface KitOptions {
  /** The folder with `curriculum.json`. */
  readonly walkthroughs: string;
  readonly python: string;
  readonly parser: Parser;
  /** A folder for what is known already; without one everything is tried. */
  readonly memory: string | undefined;
  /** For somebody who waits at the screen. */
  readonly isHasty: boolean;
  say(line: string): void;
}

export interface Outcome {
  /** How many things are not as they should be. */
  readonly count: number;
  /** Why nothing could be checked. */
  readonly problem?: string;
}

export interface Kit {
  /** Lessons, exercises, chapters or tracks by their ids; all without one. */
  check(wanted: readonly string[], options?: { isUpdate?: boolean }): Promise<Outcome>;
  close(): void;
}

export async function createKit(options: KitOptions): Promise<Kit> {
  const { walkthroughs, python, say } = options;
  const versions = await versionsOf(python);
  const turn = turns(AT_ONCE);
  // A warm process for each track: what one track imports is not to help another.
  const started = new Map<string, Tests>();
  const testsOf = (track: string, curriculum: Curriculum) => {
    const known = started.get(track);
    if (known !== undefined) return known;
    const tests = startTests(
      python,
      walkthroughs,
      importsOf(track, curriculum, walkthroughs),
      turn,
    );
    started.set(track, tests);
    return tests;
  };

  const remembered = rememberIn(options.memory);
  const analysed = new Map<string, Analysis>();

  function benchOf(exercise: Exercise, curriculum: Curriculum): Bench {
    const runner = runnerIn(walkthroughs);
    const how = ({ name }: Case): How =>
      name === 'solution' ? 'fresh' : name === 'starter' && options.isHasty ? 'apart' : 'forked';
    return {
      remembered,
      how,
      tests: () => testsOf(trackOf(exercise.id), curriculum),
      keyOf: (one) => keyOf('tests', how(one), versions, ...runner, one.files),
      analyse(one) {
        const key = keyOf(JSON.stringify(exercise.checks), one.files);
        const known = analysed.get(key) ?? analyse(one, options.parser);
        analysed.set(key, known);
        return known;
      },
    };
  }

  function tell(what: string, start: number, { found, note = '' }: Told): number {
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    say(`${found.length === 0 ? 'ok    ' : 'FAILED'} ${what}${note} (${seconds} s)`);
    for (const each of found) say(`  ${each.replaceAll('\n', '\n    ')}`);
    return found.length;
  }

  /** Side by side; and what fails there may only have been too slow, so it is tried once more by itself. */
  async function checkAll(exercises: readonly Exercise[], curriculum: Curriculum): Promise<number> {
    const late: Exercise[] = [];
    let count = 0;
    const checkOne = async (exercise: Exercise, isLast: boolean) => {
      const start = performance.now();
      const bench = benchOf(exercise, curriculum);
      const { cases, tried, found } = await checkExercise(
        exercise,
        walkthroughs,
        isLast ? oneByOne(bench) : bench,
      );
      const note = `: ${cases} ways, ${tried} tried${isLast ? ' again, one by one' : ''}`;
      if (found.length > 0 && !isLast && !options.isHasty) late.push(exercise);
      else count += tell(exercise.id, start, { found, note });
    };
    await Promise.all(exercises.map((each) => checkOne(each, false)));
    for (const each of late) await checkOne(each, true);
    return count;
  }

  return {
    async check(wanted, { isUpdate = false } = {}) {
      let sources: ReturnType<typeof sourcesIn>;
      try {
        sources = sourcesIn(walkthroughs);
      } catch (error) {
        return { count: 1, problem: String(error) };
      }
      const { curriculum } = sources;
      const lessons = lessonsOf(curriculum).filter((lesson) => isWanted(lesson, wanted));
      if (lessons.length === 0) {
        const known = lessonsOf(curriculum).map(({ id }) => id);
        const problem = `There is no lesson ${wanted.join(', ')}; known: ${known.join(', ')}.`;
        return { count: 1, problem };
      }
      const stage = { walkthroughs, python, versions, remembered, isUpdate };
      let start = performance.now();
      // Before all else: what they print is about time, and a busy machine is late.
      const printed = await checkExamples(lessons, stage);
      let count = tell('what the examples print', start, { found: printed });
      start = performance.now();
      const pages = checkPages(sources, lessons);
      count += tell(`pages of ${lessons.length} lessons`, start, { found: pages });
      const exercises = exercisesOf(curriculum).filter((each) => isWantedExercise(each, wanted));
      return { count: count + (await checkAll(exercises, curriculum)) };
    },
    close() {
      for (const tests of started.values()) tests.close();
    },
  };
}

/** Its tests wait for each other. */
function oneByOne(bench: Bench): Bench {
  let last: Promise<unknown> = Promise.resolve();
  const { run, close } = bench.tests();
  return {
    ...bench,
    tests: () => ({
      close,
      run(one, how) {
        const next = last.then(() => run(one, how));
        last = next.catch(() => undefined);
        return next;
      },
    }),
  };
}

interface Told {
  readonly found: readonly string[];
  readonly note?: string;
}

function trackOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

/** A lesson, an exercise, a chapter or a track: whatever the id begins with. */
function begins(id: string, wanted: readonly string[]): boolean {
  return (
    wanted.length === 0 ||
    wanted.some((each) => id === each || id.startsWith(`${each}/`) || id.startsWith(`${each}-`))
  );
}

function isWanted({ id, exercises }: Lesson, wanted: readonly string[]): boolean {
  return begins(id, wanted) || exercises.some((each) => begins(each.id, wanted));
}

function isWantedExercise({ id }: Exercise, wanted: readonly string[]): boolean {
  return begins(id, wanted) || begins(id.slice(0, id.lastIndexOf('/')), wanted);
}

/** The interpreter and its packages. */
async function versionsOf(python: string): Promise<string> {
  const program = [
    'import sys, platform',
    'from importlib.metadata import distributions',
    'print(sys.version, platform.platform())',
    'print(sorted(f"{each.name} {each.version}" for each in distributions()))',
  ].join('\n');
  return (await runProgram(python, ['-c', program], { cwd: '.', env: {} })).output;
}

/** How the tests are run: what they said in another way of it is worth nothing. */
function runnerIn(walkthroughs: string) {
  const nowhere = { folder: '', walkthroughs: '', tests: [], pathDelimiter: '' };
  const own = [path.join(walkthroughs, 'pytest'), import.meta.dirname].map(textsOf);
  return [JSON.stringify(pytestCommand(nowhere)), ...own];
}

/** The packages that the exercises of a track import. */
function importsOf(track: string, curriculum: Curriculum, walkthroughs: string): string[] {
  const modules = new Set(['pytest', 'anyio']);
  for (const { id } of exercisesOf(curriculum)) {
    if (trackOf(id) !== track) continue;
    for (const [file, text] of textsBelow(path.join(walkthroughs, exercisePath(id))))
      if (file.endsWith('.py'))
        for (const [, name = ''] of text.matchAll(/^(?:from|import) ([\w.]+)/gm)) modules.add(name);
  }
  return [...modules].filter((name) => name !== 'app' && !name.startsWith('app.'));
}

function textsOf(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { withFileTypes: true }).filter((file) => file.isFile());
  return new Map(files.map(({ name }) => [name, readFileSync(path.join(folder, name), 'utf8')]));
}
