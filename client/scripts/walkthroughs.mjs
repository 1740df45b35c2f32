// The walkthroughs of the curriculum, made of its manifest: a track each, a step for every chapter that has a lesson.
// Plain JavaScript under Node 24, for generate.mjs.
import { contextOfChapter, contextOfLesson } from '../../server/src/curriculum/contexts.ts';

const WORDS = {
  en: { read: 'Read: {0}', solve: 'Exercise: {0}', check: 'Run the tests', minutes: '{0} min' },
  ko: { read: '읽기: {0}', solve: '연습 문제: {0}', check: '테스트 실행', minutes: '{0}분' },
};

const fill = (text, value) => text.replace('{0}', String(value));
const command = (name, ...args) =>
  `command:fastapiMentor.${name}${args.length > 0 ? `?${encodeURIComponent(JSON.stringify(args))}` : ''}`;

/** A step's id and its files: `expert-04`. */
const nameOf = ({ id }) => id.replaceAll('/', '-');
const tokenOf = (part, what) => `walkthrough.${nameOf(part).replace('-', '.')}.${what}`;
const mediaOf = (chapter, language = 'en') =>
  `walkthroughs/steps/${nameOf(chapter)}${language === 'en' ? '' : `.nls.${language}`}.md`;

const chaptersOf = ({ chapters }) => chapters.filter(({ lessons }) => lessons.length > 0);

/** What package.json contributes: nothing of a track without a lesson. */
export function walkthroughsOf({ tracks }) {
  return tracks
    .filter((track) => chaptersOf(track).length > 0)
    .map((track) => ({
      id: track.id,
      title: `%${tokenOf(track, 'title')}%`,
      description: `%${tokenOf(track, 'description')}%`,
      steps: chaptersOf(track).map((chapter) => ({
        id: nameOf(chapter),
        title: `%${tokenOf(chapter, 'title')}%`,
        description: `%${tokenOf(chapter, 'description')}%`,
        media: { markdown: mediaOf(chapter) },
        completionEvents: [`onContext:${contextOfChapter(chapter.id)}`],
      })),
    }));
}

/** The texts of the steps in one language, by their keys in package.nls*.json. */
export function walkthroughTexts({ tracks }, language) {
  return Object.fromEntries(
    tracks
      .filter((track) => chaptersOf(track).length > 0)
      .flatMap((track) => [
        [tokenOf(track, 'title'), `FastAPI: ${track.title[language]}`],
        [tokenOf(track, 'description'), track.summary[language]],
        ...chaptersOf(track).flatMap((chapter) => [
          [tokenOf(chapter, 'title'), chapter.title[language]],
          [tokenOf(chapter, 'description'), descriptionOf(chapter, language)],
        ]),
      ]),
  );
}

/** What the chapter is about; a button for each lesson, for the first exercise, and for its tests. */
function descriptionOf({ summary, lessons }, language) {
  const words = WORDS[language];
  const [exercise] = lessons.flatMap(({ exercises }) => exercises);
  const buttons = lessons.map(
    ({ id, title }) => `[${fill(words.read, title[language])}](${command('openLesson', id)})`,
  );
  if (exercise !== undefined) {
    buttons.push(
      `[${fill(words.solve, exercise.title[language])}](${command('openExercise', exercise.id)})`,
      `[${words.check}](${command('checkExercise', exercise.id)})`,
    );
  }
  return [summary[language], ...buttons].join('\n');
}

/** The pages beside the steps, by their paths: lessons as boxes. VS Code frames the picture of one that is checked. */
export function walkthroughPages({ tracks }) {
  const pages = tracks.flatMap((track) =>
    chaptersOf(track).flatMap((chapter) =>
      ['en', 'ko'].map((language) => [mediaOf(chapter, language), pageOf(chapter, language)]),
    ),
  );
  return new Map(pages);
}

function pageOf({ title, lessons }, language) {
  const words = WORDS[language];
  const boxes = lessons.map(
    (lesson) =>
      `<checkbox when-checked="${command('openLesson', lesson.id)}" checked-on="${contextOfLesson(lesson.id)}"><img src="./lesson.svg" alt="">${lesson.title[language]} (${fill(words.minutes, lesson.minutes)})</checkbox>`,
  );
  const exercises = lessons
    .flatMap((lesson) => lesson.exercises)
    .map(
      (exercise) =>
        `- [${exercise.title[language]}](${command('openExercise', exercise.id)}) (${fill(words.minutes, exercise.minutes)})`,
    );
  return [
    `### ${title[language]}`,
    `<checklist>\n${boxes.join('\n')}\n</checklist>`,
    ...(exercises.length > 0 ? [exercises.join('\n')] : []),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}
