import { expect, test } from 'vitest';
import { lessonById, lessonsOf } from '../../../server/src/curriculum/curriculum.ts';
import { readSources } from '../../../test/curriculum/sources.ts';
import {
  countOf,
  merged,
  NOTHING,
  nextAfter,
  type Progress,
  readExported,
  readProgress,
  road,
  withExercise,
  withRead,
  withWhatIsUnknown,
} from './progress.ts';

const curriculum = readSources();
const [lesson] = lessonsOf(curriculum);
if (lesson === undefined) throw new Error('there is no lesson');
const [exercise] = lesson.exercises;
if (exercise === undefined) throw new Error('the first lesson has no exercise');

const full: Progress = {
  version: 1,
  read: ['expert/04-async', 'expert/99-gone'],
  exercises: { 'expert/04-async/1-stalled-service': 'passed', 'expert/99-gone/1-gone': 'skipped' },
  hints: { 'expert/04-async/1-stalled-service': 2 },
  last: 'expert/99-gone',
  told: ['async/blocking-sleep'],
};

test('what was kept is read as it was, also what is not there any more', () => {
  expect(readProgress(JSON.parse(JSON.stringify(full)))).toEqual(full);
});

test.each([
  undefined,
  null,
  3,
  'x',
  [],
  { read: 'x', exercises: 3, hints: null, told: {} },
  { read: [1, 2], exercises: { a: 'done', b: 'toString' }, hints: { a: 'many' }, last: 1 },
])('%j is no progress', (value) => {
  expect(readProgress(value)).toEqual(NOTHING);
});

test('an import takes nothing away, and of two states the further one counts', () => {
  const other: Progress = {
    ...NOTHING,
    read: ['foundations/1-1'],
    exercises: {
      'expert/04-async/1-stalled-service': 'started',
      'expert/99-gone/1-gone': 'passed',
    },
    hints: { 'expert/04-async/1-stalled-service': 3 },
  };
  const both = merged(full, other);
  expect(both.read).toEqual(['expert/04-async', 'expert/99-gone', 'foundations/1-1']);
  expect(both.exercises).toEqual({
    'expert/04-async/1-stalled-service': 'passed',
    'expert/99-gone/1-gone': 'passed',
  });
  expect(both.hints['expert/04-async/1-stalled-service']).toBe(3);
  expect(both.last).toBe(full.last);
  expect(merged(full, full)).toEqual(full);
  expect(merged(NOTHING, full)).toEqual(full);
});

test('what a newer version keeps on another machine is not lost by this one', () => {
  const newer = {
    version: 2,
    read: ['expert/04-async'],
    exercises: { 'a/b/1-c': 'reviewed', 'a/b/2-d': 'started' },
    hints: { 'a/b/1-c': 'all' },
    told: [],
    streak: 3,
  };
  const now = withExercise(withRead(readProgress(newer), 'a/b'), 'a/b/2-d', 'passed');
  expect(withWhatIsUnknown(newer, now)).toEqual({
    version: 2,
    read: ['expert/04-async', 'a/b'],
    exercises: { 'a/b/1-c': 'reviewed', 'a/b/2-d': 'passed' },
    hints: { 'a/b/1-c': 'all' },
    told: [],
    streak: 3,
  });
  expect(withWhatIsUnknown(undefined, full)).toEqual(full);
  expect(withWhatIsUnknown([1], full)).toEqual(full);
});

test('a file of progress, one of a newer version, and any other', () => {
  expect(readExported(JSON.stringify(full))).toEqual(full);
  expect(readExported(JSON.stringify({ ...full, version: 2 }))).toBe('newer');
  const others = ['', '{', 'null', '[]', '3', '{"version": "0.1.0", "read": []}', '{"version": 1}'];
  for (const other of others) expect(readExported(other), other).toBeUndefined();
});

test('what was solved stays solved', () => {
  const solved = withExercise(NOTHING, 'a', 'passed');
  expect(withExercise(solved, 'a', 'skipped').exercises).toEqual({ a: 'passed' });
  expect(withExercise(withExercise(NOTHING, 'a', 'skipped'), 'a', 'started').exercises).toEqual({
    a: 'started',
  });
});

test('a lesson counts once, and each of its exercises', () => {
  const all = lesson.exercises.length + 1;
  expect(countOf(NOTHING, lesson)).toEqual({ done: 0, all });
  const read = withRead(withRead(NOTHING, lesson.id), lesson.id);
  expect(countOf(read, lesson)).toEqual({ done: 1, all });
  expect(countOf(withExercise(read, exercise.id, 'skipped'), lesson)).toEqual({ done: 1, all });
  expect(countOf(withExercise(read, exercise.id, 'passed'), lesson)).toEqual({ done: 2, all });
  for (const track of curriculum.tracks)
    expect(countOf(NOTHING, track).all).toBe(
      track.chapters.reduce((sum, chapter) => sum + countOf(NOTHING, chapter).all, 0),
    );
});

test('the next is the next on the road that is neither done nor skipped', () => {
  expect(nextAfter(curriculum, NOTHING, undefined)?.id).toBe(lesson.id);
  expect(nextAfter(curriculum, NOTHING, lesson.id)?.id).toBe(exercise.id);
  const done = road(curriculum).reduce<Progress>(
    (progress, one) =>
      lessonById(curriculum, one.id) === undefined
        ? withExercise(progress, one.id, 'skipped')
        : withRead(progress, one.id),
    NOTHING,
  );
  expect(nextAfter(curriculum, done, lesson.id)).toBeUndefined();
  // What was left behind is offered when nothing is ahead.
  const last = road(curriculum).at(-1)?.id;
  expect(nextAfter(curriculum, NOTHING, last)?.id).toBe(lesson.id);
});
