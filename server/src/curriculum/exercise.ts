/** An exercise as its `exercise.json` says it. */
import { type Check, check, subjectOfCheck } from './checks.ts';
import { keysOf, like, listOf, Mistake, maybe, type Shape, text, whole } from './shape.ts';
import { type Words, words } from './words.ts';

export interface Exercise {
  /** `expert/04-async/1-stalled-service`: of its lesson, and of its folder. Never renamed. */
  readonly id: string;
  readonly title: Words;
  /** What is the matter, and what is asked for, in two or three sentences. */
  readonly goal: Words;
  readonly difficulty: number;
  readonly minutes: number;
  /** Every file of `starter/`; the files of an extension can't be listed in a browser. */
  readonly files: readonly string[];
  /** Every file that `solution/` puts in the place of the starter's, or adds. */
  readonly solution: readonly string[];
  /** Every file of `tests/`. */
  readonly tests: readonly string[];
  /** By the name of a test: what it tries, for the checklist; else its name is read as a sentence. */
  readonly behaviour: Readonly<Record<string, Words>>;
  /** What its tests say when they fail, with `{…}` for what differs. The first that fits is taken. */
  readonly says: readonly Words[];
  /** Shown first, in this order. */
  readonly open: readonly string[];
  /** While typing. */
  readonly checks: readonly Check[];
  /** The idea, the place, almost the code. */
  readonly hints: readonly [Words, Words, Words];
  /** For those who write it, and for `npm run curriculum:check`. */
  readonly proof: Proof;
}

/** How the starter fails, and what else passes and fails. */
export interface Proof {
  readonly starter: readonly Failure[];
  readonly right: readonly RightVariant[];
  readonly wrong: readonly WrongVariant[];
}

/** A check by its subject (`GET /feed`) or a test by its name; of a test also what its failure says. */
export interface Failure {
  readonly what: string;
  readonly says?: string;
}

/** A folder in `variants/right/`. */
export interface RightVariant {
  readonly name: string;
  readonly idea: string;
}

/** A folder in `variants/wrong/`. */
export interface WrongVariant {
  readonly name: string;
  readonly mistake: string;
  readonly fails: readonly Failure[];
}

const file = like(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[\w./-]+$/, 'a file in the folder');
const name = like(/^[a-z0-9-]+$/, 'a name of small letters, digits and dashes');

const failure: Shape<Failure> = (value, place) => {
  if (typeof value === 'string') return { what: text(value, place) };
  const { what, says } = keysOf(value, place, ['what', 'says']);
  return { what: text(what, `${place}.what`), says: text(says, `${place}.says`) };
};

const behaviour: Shape<Exercise['behaviour']> = (value, place) => {
  if (value === undefined) return {};
  const names = Object.keys(typeof value === 'object' && value !== null ? value : {});
  const given = keysOf(value, place, names);
  return Object.fromEntries(
    Object.entries(given).map(([test, said]) => [test, words(said, `${place}.${test}`)]),
  );
};

const hints: Shape<Exercise['hints']> = (value, place) => {
  const [idea, where, code, ...more] = listOf(words)(value, place);
  if (idea === undefined || where === undefined || code === undefined || more.length > 0)
    throw new Mistake(`${place}: three hints: the idea, the place, almost the code`);
  return [idea, where, code];
};

const proof: Shape<Proof> = (value, place) => {
  const given = keysOf(value, place, ['starter', 'right', 'wrong']);
  return {
    starter: listOf(failure)(given.starter, `${place}.starter`),
    right: listOf<RightVariant>((each, at) => {
      const own = keysOf(each, at, ['name', 'idea']);
      return { name: name(own.name, `${at}.name`), idea: text(own.idea, `${at}.idea`) };
    })(given.right, `${place}.right`),
    wrong: listOf<WrongVariant>((each, at) => {
      const own = keysOf(each, at, ['name', 'mistake', 'fails']);
      return {
        name: name(own.name, `${at}.name`),
        mistake: text(own.mistake, `${at}.mistake`),
        fails: listOf(failure)(own.fails, `${at}.fails`),
      };
    })(given.wrong, `${place}.wrong`),
  };
};

/** Whether what is checked while typing tells the starter from what solves it; else only its tests do. */
export function isToldByChecks({ checks, proof }: Exercise): boolean {
  const failing = proof.starter.map((each) => (typeof each === 'string' ? each : each.what));
  return checks.some((check) => failing.includes(subjectOfCheck(check)));
}

/** Throws a `Mistake` for what is no exercise. */
export function readExercise(id: string, value: unknown): Exercise {
  const known = ['title', 'goal', 'difficulty', 'minutes', 'files', 'solution', 'tests', 'open'];
  const given = keysOf(value, id, [...known, 'behaviour', 'says', 'checks', 'hints', 'proof']);
  const files = listOf(file)(given.files, `${id}.files`);
  return {
    id,
    title: words(given.title, `${id}.title`),
    goal: words(given.goal, `${id}.goal`),
    difficulty: whole(1, 5)(given.difficulty, `${id}.difficulty`),
    minutes: whole(1, 240)(given.minutes, `${id}.minutes`),
    files,
    solution: listOf(file)(given.solution, `${id}.solution`),
    tests: listOf(file)(given.tests, `${id}.tests`),
    behaviour: behaviour(given.behaviour, `${id}.behaviour`),
    says: maybe(listOf(words))(given.says, `${id}.says`) ?? [],
    open: maybe(listOf(file))(given.open, `${id}.open`) ?? files.slice(0, 1),
    checks: listOf(check)(given.checks, `${id}.checks`),
    hints: hints(given.hints, `${id}.hints`),
    proof: proof(given.proof, `${id}.proof`),
  };
}
