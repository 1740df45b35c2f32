/** What somebody has read and solved. Kept by ids that are never renamed; what is not known here any more stays. */
import type {
  Chapter,
  Curriculum,
  Lesson,
  Track,
} from '../../../server/src/curriculum/curriculum.ts';
import { lessonsOf } from '../../../server/src/curriculum/curriculum.ts';
import type { Exercise } from '../../../server/src/curriculum/exercise.ts';

export type ExerciseState = 'started' | 'skipped' | 'passed';

/** Version 1. A later version reads the earlier ones. */
export interface Progress {
  readonly version: 1;
  /** Lessons that were read. */
  readonly read: readonly string[];
  readonly exercises: Readonly<Record<string, ExerciseState>>;
  /** By exercise: how many hints were shown. */
  readonly hints: Readonly<Record<string, number>>;
  /** The lesson or exercise that was open last. */
  readonly last?: string;
  /** Rules of which it has been said what a fix changes. */
  readonly told: readonly string[];
}

export const NOTHING: Progress = { version: 1, read: [], exercises: {}, hints: {}, told: [] };

const RANK: Readonly<Record<ExerciseState, number>> = { started: 0, skipped: 1, passed: 2 };

/** Of what was kept or imported, all that makes sense. */
export function readProgress(value: unknown): Progress {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return NOTHING;
  const given: Readonly<Record<string, unknown>> = { ...value };
  const exercises = Object.entries(objectOf(given.exercises)).filter(
    (entry): entry is [string, ExerciseState] =>
      typeof entry[1] === 'string' && Object.hasOwn(RANK, entry[1]),
  );
  const hints = Object.entries(objectOf(given.hints)).filter((entry): entry is [string, number] =>
    Number.isInteger(entry[1]),
  );
  return {
    version: 1,
    read: texts(given.read),
    exercises: Object.fromEntries(exercises),
    hints: Object.fromEntries(hints),
    ...(typeof given.last === 'string' && { last: given.last }),
    told: texts(given.told),
  };
}

/** What is kept of `now`: with all that a newer version, on another machine, has kept beside it. */
export function withWhatIsUnknown(kept: unknown, now: Progress): Readonly<Record<string, unknown>> {
  const before = Array.isArray(kept) ? {} : objectOf(kept);
  return {
    ...before,
    ...now,
    version: Math.max(now.version, versionOf(before) ?? 0),
    exercises: { ...objectOf(before.exercises), ...now.exercises },
    hints: { ...objectOf(before.hints), ...now.hints },
  };
}

/** Of a file: nothing where it holds something else. */
export function readExported(text: string): Progress | 'newer' | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const given = objectOf(value);
  const version = versionOf(given);
  if (version === undefined || !Array.isArray(given.read)) return undefined;
  return version > NOTHING.version ? 'newer' : readProgress(given);
}

function versionOf({ version }: Readonly<Record<string, unknown>>): number | undefined {
  return typeof version === 'number' && Number.isInteger(version) ? version : undefined;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? [...new Set(value.filter((each) => typeof each === 'string'))] : [];
}

/** Of two the further one, lesson by lesson: an import takes nothing away. */
export function merged(one: Progress, other: Progress): Progress {
  const exercises = { ...one.exercises };
  for (const [id, state] of Object.entries(other.exercises)) {
    const known = exercises[id];
    if (known === undefined || RANK[state] > RANK[known]) exercises[id] = state;
  }
  const hints = { ...one.hints };
  for (const [id, count] of Object.entries(other.hints))
    hints[id] = Math.max(count, hints[id] ?? 0);
  const last = one.last ?? other.last;
  return {
    version: 1,
    read: [...new Set([...one.read, ...other.read])],
    exercises,
    hints,
    ...(last !== undefined && { last }),
    told: [...new Set([...one.told, ...other.told])],
  };
}

/** What was solved stays solved, whatever is done with it afterwards. */
export function withExercise(progress: Progress, id: string, state: ExerciseState): Progress {
  const known = progress.exercises[id];
  if (known === 'passed') return progress;
  return { ...progress, exercises: { ...progress.exercises, [id]: state } };
}

export function withRead(progress: Progress, id: string): Progress {
  return { ...progress, read: [...new Set([...progress.read, id])] };
}

export interface Count {
  readonly done: number;
  readonly all: number;
}

/** A lesson counts once, and each of its exercises. */
export function countOf(progress: Progress, part: Track | Chapter | Lesson): Count {
  if ('chapters' in part) return sum(part.chapters.map((each) => countOf(progress, each)));
  if ('lessons' in part) return sum(part.lessons.map((each) => countOf(progress, each)));
  const solved = part.exercises.filter(({ id }) => progress.exercises[id] === 'passed').length;
  const isRead = progress.read.includes(part.id);
  return { done: solved + (isRead ? 1 : 0), all: part.exercises.length + 1 };
}

function sum(counts: readonly Count[]): Count {
  return counts.reduce((a, b) => ({ done: a.done + b.done, all: a.all + b.all }), {
    done: 0,
    all: 0,
  });
}

/** Lessons and exercises in the order in which they are meant to be done. */
export function road(curriculum: Curriculum): readonly (Lesson | Exercise)[] {
  return lessonsOf(curriculum).flatMap((lesson) => [lesson, ...lesson.exercises]);
}

/** What is to be done after `id`: the next that is neither done nor skipped; the first such where there is no `id`. */
export function nextAfter(
  curriculum: Curriculum,
  progress: Progress,
  id: string | undefined,
): Lesson | Exercise | undefined {
  const all = road(curriculum);
  const start = all.findIndex((each) => each.id === id) + 1;
  const isOpen = (one: Lesson | Exercise) =>
    'exercises' in one
      ? !progress.read.includes(one.id)
      : !['passed', 'skipped'].includes(progress.exercises[one.id] ?? '');
  const ahead = all.slice(start).find(isOpen);
  return ahead ?? all.slice(0, start).find((one) => one.id !== id && isOpen(one));
}
