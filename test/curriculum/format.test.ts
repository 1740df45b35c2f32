// The format of the curriculum, and that what lies in walkthroughs/ keeps to it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { check, describeCheck, subjectOfCheck } from '../../server/src/curriculum/checks.ts';
import {
  chaptersOf,
  exerciseById,
  exercisesOf,
  lessonOfExercise,
  lessonOfRule,
  lessonsOf,
  readCurriculum,
  readManifest,
} from '../../server/src/curriculum/curriculum.ts';
import { readExercise } from '../../server/src/curriculum/exercise.ts';
import { testsIn } from '../../server/src/curriculum/pytest.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { exerciseFolder, filesBelow, readSources, walkthroughs } from './sources.ts';

const curriculum = readSources();
const rules: readonly string[] = RULES.map(({ name }) => name);
const json = (file: string) => JSON.parse(readFileSync(path.join(walkthroughs, file), 'utf8'));

describe('what is there', () => {
  test('a lesson with an exercise', () => {
    expect(lessonsOf(curriculum).length).toBeGreaterThan(0);
    expect(exercisesOf(curriculum).length).toBeGreaterThan(0);
  });

  test.each(exercisesOf(curriculum))('$id lists its files', (exercise) => {
    const folder = exerciseFolder(exercise.id);
    const below = (name: string) => filesBelow(path.join(folder, name));
    expect([...exercise.files].sort()).toEqual(below('starter'));
    expect([...exercise.solution].sort()).toEqual(below('solution'));
    expect([...exercise.tests].sort()).toEqual(below('tests').map((file) => `tests/${file}`));
    const tests = below('tests').flatMap((file) =>
      testsIn(readFileSync(path.join(folder, 'tests', file), 'utf8')).map(({ name }) => name),
    );
    expect(Object.keys(exercise.behaviour).sort()).toEqual([...tests].sort());
    expect(exercise.files).toEqual(expect.arrayContaining([...exercise.open]));
    const { right, wrong } = exercise.proof;
    const variants = (kind: string) => [
      ...new Set(below(`variants/${kind}`).map((file) => file.split('/')[0])),
    ];
    expect(right.map(({ name }) => name).sort()).toEqual(variants('right'));
    expect(wrong.map(({ name }) => name).sort()).toEqual(variants('wrong'));
    expect(below('.').filter((file) => /^why(\.nls\.ko)?\.md$/.test(file))).toHaveLength(2);
  });

  test.each(lessonsOf(curriculum))('$id names rules that there are', (lesson) => {
    expect(rules).toEqual(expect.arrayContaining([...lesson.rules]));
    for (const exercise of lesson.exercises)
      for (const each of exercise.checks) if ('rule' in each) expect(rules).toContain(each.rule);
  });

  test('every file of walkthroughs/ that is listed nowhere is one of ours', () => {
    const ids = new Set(lessonsOf(curriculum).map(({ id }) => id));
    const stray = filesBelow(walkthroughs).filter((file) => {
      const [track = '', name = ''] = file.split('/');
      const isOfTrack = name === 'requirements.txt';
      return (
        ['foundations', 'expert'].includes(track) && !isOfTrack && !ids.has(`${track}/${name}`)
      );
    });
    expect(stray).toEqual([]);
  });
});

describe('finding things', () => {
  test('by id and by rule', () => {
    const id = 'expert/04-async/1-stalled-service';
    expect(exerciseById(curriculum, id)?.title.en).toBe('The stalled service');
    expect(lessonOfExercise(curriculum, id)?.id).toBe('expert/04-async');
    expect(lessonOfRule(curriculum, 'async/blocking-chain')?.id).toBe('expert/04-async');
    expect(lessonOfRule(curriculum, 'no/such-rule')).toBeUndefined();
    expect(exerciseById(curriculum, 'expert/99-none/1-none')).toBeUndefined();
  });

  test('what the build wrote reads like what was written', () => {
    const exercises = Object.fromEntries(
      exercisesOf(curriculum).map(({ id }) => [
        id,
        JSON.parse(readFileSync(path.join(exerciseFolder(id), 'exercise.json'), 'utf8')),
      ]),
    );
    expect(readCurriculum({ manifest: json('curriculum.json'), exercises })).toEqual(curriculum);
  });
});

describe('mistakes are said with their place', () => {
  const manifest = () => structuredClone(json('curriculum.json'));
  const read = (changed: unknown) => () => readManifest(changed, (id) => ({ id }));
  const withoutLessons = (changed: ReturnType<typeof manifest>) => {
    for (const { chapters } of changed.tracks) for (const chapter of chapters) chapter.lessons = [];
  };

  test('a language that is missing', () => {
    const changed = manifest();
    delete changed.tracks[0].title.ko;
    expect(read(changed)).toThrow('tracks[0].title.ko: expected a text');
  });

  test('a key that there is not', () => {
    expect(read({ ...manifest(), track: [] })).toThrow('there is no "track" here');
  });

  test('a chapter that comes after one that is not there', () => {
    const changed = manifest();
    changed.tracks[0].chapters[0].after = ['expert/99'];
    withoutLessons(changed);
    expect(read(changed)).toThrow('there is no chapter expert/99');
  });

  test('two of the same id', () => {
    const changed = manifest();
    withoutLessons(changed);
    changed.tracks.push(changed.tracks[0]);
    expect(read(changed)).toThrow('foundations/1 is there twice');
  });

  const id = 'expert/04-async/1-stalled-service';
  const exercise = () =>
    JSON.parse(readFileSync(path.join(exerciseFolder(id), 'exercise.json'), 'utf8'));

  test.each([
    ['two hints', { hints: [{ en: 'a', ko: 'b' }] }, 'three hints'],
    ['a file outside', { files: ['../secret.py'] }, 'files[0]: expected a file in the folder'],
    ['an absolute file', { files: ['/etc/passwd'] }, 'files[0]: expected a file in the folder'],
    ['an unknown check', { checks: [{ handler: 'x' }] }, 'checks[0]: a check asks about'],
    ['a loud rule', { checks: [{ rule: 'a/b', is: 'loud' }] }, 'checks[0].is: expected silent'],
    ['difficulty 6', { difficulty: 6 }, 'difficulty: expected a whole number from 1 to 5'],
  ])('%s', (_, change, said) => {
    expect(() => readExercise(id, { ...exercise(), ...change })).toThrow(said);
  });
});

describe('the schemas say what the reader says', () => {
  const exercise = json('schema/exercise.schema.json');
  const manifest = json('schema/curriculum.schema.json');
  const example = json('expert/04-async/exercises/1-stalled-service/exercise.json');

  test('the keys of an exercise', () => {
    expect(Object.keys(exercise.properties)).toEqual(expect.arrayContaining(Object.keys(example)));
    const content = { ...example };
    for (const key of Object.keys(exercise.properties).filter((each) => each !== '$schema')) {
      const { [key]: _, ...without } = content;
      const isNeeded = exercise.required.includes(key);
      const reading = () => readExercise('expert/04-async/1-stalled-service', without);
      if (isNeeded) expect(reading, key).toThrow();
      else expect(reading, key).not.toThrow();
    }
  });

  test('the checks', () => {
    for (const { required, properties } of exercise.definitions.check.anyOf) {
      const sample: Record<string, unknown> = {};
      for (const key of Object.keys(properties)) sample[key] = SAMPLES[key];
      expect(() => check(sample, 'check')).not.toThrow();
      for (const key of required) {
        const { [key]: _, ...without } = sample;
        expect(() => check(without, 'check'), key).toThrow();
      }
    }
  });

  test('the keys of the manifest', () => {
    const [track] = json('curriculum.json').tracks;
    const [chapter] = track.chapters;
    const known = (name: string) => Object.keys(manifest.definitions[name].properties);
    expect(known('track').sort()).toEqual(Object.keys(track).sort());
    expect(known('chapter').sort()).toEqual(Object.keys(chapter).sort());
    expect(known('lesson')).toEqual(expect.arrayContaining(Object.keys(chapter.lessons[0])));
  });
});

const SAMPLES: Readonly<Record<string, unknown>> = {
  rule: 'async/blocking-chain',
  is: 'silent',
  in: 'app/quotes.py',
  route: 'GET /feed',
  responseModel: 'FeedPage',
  blocks: false,
  function: 'app.feed:load',
  isAsync: true,
  queriesInLoop: false,
  dependency: 'app.db:get_session',
  releasesOnError: true,
};

test('a check is told in both languages, with what it is about', () => {
  for (const { checks } of exercisesOf(curriculum)) {
    for (const one of checks) {
      const { en, ko } = describeCheck(one);
      expect(en).toContain(subjectOfCheck(one));
      expect(ko).toContain(subjectOfCheck(one));
      expect(ko).toMatch(/[가-힣]/);
    }
  }
});

test('difficulty is told of every chapter and exercise', () => {
  for (const { difficulty } of [...chaptersOf(curriculum), ...exercisesOf(curriculum)])
    expect(difficulty).toBeGreaterThan(0);
});
