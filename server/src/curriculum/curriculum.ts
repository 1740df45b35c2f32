/**
 * The curriculum as the editor, the command line and the tests see it: tracks of chapters of lessons with exercises.
 * Authors write `walkthroughs/curriculum.json` and one `exercise.json` per exercise; the build puts them into one.
 */
import { type Exercise, readExercise } from './exercise.ts';
import { keysOf, like, listOf, Mistake, maybe, oneOf, type Shape, text, whole } from './shape.ts';
import { type Words, words } from './words.ts';

export interface Lesson {
  /** `expert/04-async`: its folder in `walkthroughs/`. Never renamed. */
  readonly id: string;
  readonly title: Words;
  readonly minutes: number;
  /** Their findings lead here. */
  readonly rules: readonly string[];
  /** Files in its `examples/` that can be opened and run. */
  readonly examples: readonly string[];
  readonly exercises: readonly Exercise[];
}

export interface Chapter {
  /** `expert/04`. Never renamed. */
  readonly id: string;
  readonly title: Words;
  /** What one can do afterwards, in a sentence or two. */
  readonly summary: Words;
  readonly difficulty: number;
  /** Ids of chapters that come before it. */
  readonly after: readonly string[];
  readonly lessons: readonly Lesson[];
}

export interface Track {
  readonly id: 'foundations' | 'expert';
  readonly title: Words;
  readonly summary: Words;
  readonly chapters: readonly Chapter[];
}

export interface Curriculum {
  readonly tracks: readonly Track[];
}

const trackId = oneOf('foundations', 'expert');
const chapterId = like(/^(foundations|expert)\/[a-z0-9]+$/, 'an id such as "expert/04"');
const lessonId = like(/^(foundations|expert)\/[a-z0-9-]+$/, 'an id such as "expert/04-async"');
const exerciseName = like(/^[0-9]+-[a-z0-9-]+$/, 'a folder such as "1-stalled-service"');
const ruleName = like(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'a rule such as "async/blocking-chain"');
const exampleName = like(/^[\w-]+\.py$/, 'a file in examples/ such as "stalled.py"');

/** Of the manifest, which names exercises by their folders; `contentOf` gives each one's `exercise.json`. */
export function readManifest(
  value: unknown,
  contentOf: (exerciseId: string) => unknown,
): Curriculum {
  const given = keysOf(value, 'curriculum', ['version', 'tracks']);
  whole(1, 1)(given.version, 'version');
  const lesson: Shape<Lesson> = (one, place) => {
    const own = keysOf(one, place, ['id', 'title', 'minutes', 'rules', 'examples', 'exercises']);
    const id = lessonId(own.id, `${place}.id`);
    return {
      id,
      title: words(own.title, `${place}.title`),
      minutes: whole(1, 60)(own.minutes, `${place}.minutes`),
      rules: listOf(ruleName)(own.rules, `${place}.rules`),
      examples: maybe(listOf(exampleName))(own.examples, `${place}.examples`) ?? [],
      exercises: listOf(exerciseName)(own.exercises, `${place}.exercises`).map((each) =>
        readExercise(`${id}/${each}`, contentOf(`${id}/${each}`)),
      ),
    };
  };
  const chapter: Shape<Chapter> = (one, place) => {
    const known = ['id', 'title', 'summary', 'difficulty', 'after', 'lessons'];
    const own = keysOf(one, place, known);
    return {
      id: chapterId(own.id, `${place}.id`),
      title: words(own.title, `${place}.title`),
      summary: words(own.summary, `${place}.summary`),
      difficulty: whole(1, 5)(own.difficulty, `${place}.difficulty`),
      after: listOf(text)(own.after, `${place}.after`),
      lessons: listOf(lesson)(own.lessons, `${place}.lessons`),
    };
  };
  const track: Shape<Track> = (one, place) => {
    const own = keysOf(one, place, ['id', 'title', 'summary', 'chapters']);
    return {
      id: trackId(own.id, `${place}.id`),
      title: words(own.title, `${place}.title`),
      summary: words(own.summary, `${place}.summary`),
      chapters: listOf(chapter)(own.chapters, `${place}.chapters`),
    };
  };
  return consistent({ tracks: listOf(track)(given.tracks, 'tracks') });
}

/** What the build wrote: the manifest, with the exercises' own files beside it. */
export function readCurriculum(value: unknown): Curriculum {
  const { manifest, exercises } = keysOf(value, 'curriculum', ['manifest', 'exercises']);
  const contents: Readonly<Record<string, unknown>> =
    typeof exercises === 'object' ? { ...exercises } : {};
  return readManifest(manifest, (id) => contents[id]);
}

function consistent(curriculum: Curriculum): Curriculum {
  const chapters = chaptersOf(curriculum).map(({ id }) => id);
  const ids = [...chapters, ...lessonsOf(curriculum).map(({ id }) => id)];
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Mistake(`${twice} is there twice`);
  for (const { id, after, lessons } of chaptersOf(curriculum)) {
    const unknown = after.find((each) => !chapters.includes(each) || each === id);
    if (unknown !== undefined) throw new Mistake(`${id}.after: there is no chapter ${unknown}`);
    const stray = lessons.find((lesson) => trackOf(lesson.id) !== trackOf(id));
    if (stray !== undefined) throw new Mistake(`${stray.id} is a lesson of another track`);
  }
  return curriculum;
}

function trackOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

export function chaptersOf({ tracks }: Curriculum): readonly Chapter[] {
  return tracks.flatMap(({ chapters }) => chapters);
}

/** In the order in which they are meant to be read. */
export function lessonsOf(curriculum: Curriculum): readonly Lesson[] {
  return chaptersOf(curriculum).flatMap(({ lessons }) => lessons);
}

export function exercisesOf(curriculum: Curriculum): readonly Exercise[] {
  return lessonsOf(curriculum).flatMap(({ exercises }) => exercises);
}

export function lessonById(curriculum: Curriculum, id: string): Lesson | undefined {
  return lessonsOf(curriculum).find((lesson) => lesson.id === id);
}

export function exerciseById(curriculum: Curriculum, id: string): Exercise | undefined {
  return exercisesOf(curriculum).find((exercise) => exercise.id === id);
}

/** The lesson that an exercise belongs to. */
export function lessonOfExercise(curriculum: Curriculum, id: string): Lesson | undefined {
  return lessonById(curriculum, id.slice(0, id.lastIndexOf('/')));
}

/** Where the finding of a rule leads: the first lesson that names the rule. */
export function lessonOfRule(curriculum: Curriculum, rule: string): Lesson | undefined {
  return lessonsOf(curriculum).find(({ rules }) => rules.includes(rule));
}
