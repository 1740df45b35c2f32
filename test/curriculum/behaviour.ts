/** What the tests of an exercise say of a case: run as for a learner, many at a time. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import {
  pytestCommand,
  readEvent,
  testFiles,
  testsIn,
} from '../../server/src/curriculum/pytest.ts';
import { runProgram } from '../../server/src/programs.ts';
import { type Case, writeInto } from './cases.ts';

/** What failed, by the subject of a check or the name of a test, with what it said. */
export type Failures = ReadonlyMap<string, string>;

/** What fails where no single test could. */
export const THE_TESTS = 'the test run';

/** How a pytest process ended. */
interface Run {
  readonly code: number | undefined;
  readonly printed: string;
}

/**
 * `fresh`: in an interpreter of its own, by the very command that a learner's editor runs. `forked`: from one that has
 * imported the packages. `apart`: each test by itself, for a starter, whose tests wait long for what never comes.
 */
export type How = 'fresh' | 'forked' | 'apart';

export interface Tests {
  run(one: Case, how: How): Promise<Failures>;
  close(): void;
}

/** `modules` are imported once, for all runs that need not be fresh; `turn` says when one may begin. */
export function startTests(
  python: string,
  walkthroughs: string,
  modules: readonly string[],
  turn: Turn,
): Tests {
  const root = mkdtempSync(path.join(tmpdir(), 'curriculum-'));
  // Windows can't fork.
  const forks = process.platform === 'win32' ? undefined : startForks(python, modules);
  let count = 0;
  const runIn = (one: Case, isFresh: boolean, only?: readonly string[]) =>
    // Starters come first: they wait the longest.
    turn(one.name === 'starter', async () => {
      const id = ++count;
      const folder = path.join(root, String(id), 'exercise');
      writeInto(folder, one.files);
      const tests = testFiles(walkthroughs, one.exercise);
      const { args, env } = pytestCommand({
        ...{ folder, walkthroughs, tests, pathDelimiter: path.delimiter },
        ...(only && { only }),
      });
      if (!isFresh && forks !== undefined)
        return failuresIn(await forks.run({ id, folder, args: args.slice(2), env }));
      const signal = AbortSignal.timeout(180_000);
      return failuresIn(await runProgram(python, args, { cwd: folder, env, signal }));
    });
  return {
    async run(one, how) {
      if (how !== 'apart') return runIn(one, how === 'fresh');
      const tests = one.exercise.tests.flatMap((file) => testsIn(one.files.get(file) ?? ''));
      const runs = await Promise.all(tests.map(({ name }) => runIn(one, false, [name])));
      return new Map(runs.flatMap((failed) => [...failed]));
    },
    close() {
      forks?.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

interface Fork {
  readonly id: number;
  readonly folder: string;
  /** For pytest itself, after `-m pytest`. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** One warm process, and forks of it. */
function startForks(python: string, modules: readonly string[]) {
  const program = path.join(import.meta.dirname, 'forks.py');
  const child = spawn(python, [program, ...modules], {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting = new Map<number, (code: number | undefined) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, code }: { id: number; code: number } = JSON.parse(line);
    waiting.get(id)?.(code);
    waiting.delete(id);
  });
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
    for (const tell of waiting.values()) tell(undefined);
    waiting.clear();
  };
  child.on('close', end).on('error', end);
  child.stdin.on('error', end);
  return {
    async run(fork: Fork): Promise<Run> {
      const output = `${fork.folder}.out`;
      const code = await new Promise<number | undefined>((resolve) => {
        if (hasEnded) return resolve(undefined);
        waiting.set(fork.id, resolve);
        child.stdin.write(`${JSON.stringify({ ...fork, output })}\n`);
      });
      return { code, printed: code === undefined ? '' : readFileSync(output, 'utf8') };
    },
    close: () => child.stdin.end(),
  };
}

/** What a run tells. That a test was found and never ended is a failure of it, and so is a run without any. */
export function failuresIn({ code, printed }: Run): Failures {
  const failed = new Map<string, string>();
  const open = new Set<string>();
  let found = 0;
  for (const event of printed.split(/\r?\n/).map(readEvent)) {
    if (event?.kind === 'found') {
      found = event.tests.length;
      for (const test of event.tests) open.add(test);
    } else if (event?.kind === 'broken') failed.set(THE_TESTS, `can't load them:\n${event.says}`);
    else if (event?.kind === 'ended') {
      open.delete(event.test);
      // Of a parametrised test what each says.
      const name = event.test.replace(/\[.*/s, '');
      if (event.outcome === 'failed')
        failed.set(name, [failed.get(name), event.long].filter(Boolean).join('\n'));
    }
  }
  for (const test of open)
    failed.set(test.replace(/\[.*/s, ''), `it did not end; the run ended with ${code}`);
  if (found === 0 && failed.size === 0)
    failed.set(THE_TESTS, `none was run; the run ended with ${code}\n${printed}`);
  return failed;
}

export type Turn = <T>(isUrgent: boolean, work: () => Promise<T>) => Promise<T>;

/** Lets so many work at a time; the others come in their order, behind those that are urgent. */
export function turns(places: number): Turn {
  const waiting: (() => void)[] = [];
  let free = places;
  return async <T>(isUrgent: boolean, work: () => Promise<T>): Promise<T> => {
    if (free === 0)
      await new Promise<void>((resolve) => {
        if (isUrgent) waiting.unshift(resolve);
        else waiting.push(resolve);
      });
    else free--;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
