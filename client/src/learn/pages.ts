/** What stands on the pages of the reader, in Markdown. */
import * as vscode from 'vscode';
import type { Lesson } from '../../../server/src/curriculum/curriculum.ts';
import { type Exercise, isToldByChecks } from '../../../server/src/curriculum/exercise.ts';
import { exercisePath } from '../../../server/src/curriculum/pytest.ts';
import type { Active, CheckResult, Place } from './active.ts';
import type { Content } from './content.ts';
import { commandLink, glossaryAt, pageOf } from './page.ts';
import type { Progress } from './progress.ts';
import { checklistOf } from './tree.ts';
import type { Page } from './webview.ts';
import { difficultyWord, minutesWord, say, stateWord } from './words.ts';

/** Of the ids of pages that are neither lessons nor exercises. */
export const WHY = '#why';
export const GLOSSARY = 'glossary';

export async function lessonPage(
  content: Content,
  lesson: Lesson,
  progress: Progress,
): Promise<Page> {
  const text = (await content.readPage(`${lesson.id}/lesson.md`)) ?? '';
  const files = await filesNamedIn(content, lesson, text);
  const markdown = pageOf(text, {
    textOf: (file) => files.get(file),
    exercises: lesson.exercises.map((each) => exerciseBlock(each, progress)).join('\n\n'),
    buttonsOf: (example) =>
      [
        commandLink(vscode.l10n.t('Open'), 'fastapiMentor.openExample', lesson.id, example),
        commandLink(vscode.l10n.t('Run'), 'fastapiMentor.runExample', lesson.id, example),
      ].join(' · '),
  });
  const end = [
    ...(lesson.rules.length > 0
      ? [
          commandLink(
            vscode.l10n.t('Show me where my project does this'),
            'fastapiMentor.showInProject',
            lesson.id,
          ),
        ]
      : []),
    commandLink(vscode.l10n.t('I have read it: go on'), 'fastapiMentor.readLesson', lesson.id),
  ];
  return {
    id: lesson.id,
    title: say(lesson.title),
    markdown: `${markdown}\n\n---\n\n${end.join(' · ')}\n`,
  };
}

async function filesNamedIn(content: Content, lesson: Lesson, text: string) {
  const pictures = [...text.matchAll(/\]\((media\/[\w.-]+)\)/g)].map(([, file = '']) => file);
  const examples = lesson.examples.flatMap((name) => [
    `examples/${name}`,
    `examples/${name.replace(/\.py$/, '.out')}`,
  ]);
  const found = await Promise.all(
    [...pictures, ...examples].map(
      async (file) => [file, await content.read(`${lesson.id}/${file}`)] as const,
    ),
  );
  return new Map(found);
}

function exerciseBlock(exercise: Exercise, progress: Progress): string {
  const state = stateWord(progress.exercises[exercise.id]);
  const facts = [
    difficultyWord(exercise.difficulty),
    minutesWord(exercise.minutes),
    ...(state === undefined ? [] : [state]),
  ].join(' · ');
  const link = commandLink(
    vscode.l10n.t('Open the exercise'),
    'fastapiMentor.openExercise',
    exercise.id,
  );
  return `### ${say(exercise.title)}\n\n*${facts}*\n\n${say(exercise.goal)}\n\n${link}`;
}

/** The exercise itself: what is asked, what holds, the hints that were asked for, and what can be done. */
export function exercisePage(
  exercise: Exercise,
  progress: Progress,
  active: Active | undefined,
  place: Place,
  canRunTests: boolean,
): Page {
  const { id } = exercise;
  const link = (text: string, command: string) => commandLink(text, `fastapiMentor.${command}`, id);
  const state = progress.exercises[id];
  const word = stateWord(state);
  const shown = exercise.hints.slice(0, progress.hints[id] ?? 0);
  const facts = [
    difficultyWord(exercise.difficulty),
    minutesWord(exercise.minutes),
    ...(word === undefined ? [] : [`**${word}**`]),
  ];
  const skip = state === 'passed' ? [] : [link(vscode.l10n.t('Skip it'), 'skipExercise')];
  const actions =
    active === undefined
      ? [
          ...(place === 'elsewhere'
            ? [link(vscode.l10n.t('Open its folder'), 'openExerciseFolder')]
            : []),
          link(vscode.l10n.t('Start in a folder of yours'), 'startExercise'),
          ...skip,
        ]
      : [
          ...(canRunTests ? [link(vscode.l10n.t('Run the tests'), 'checkExercise')] : []),
          ...(shown.length < exercise.hints.length
            ? [link(vscode.l10n.t('Hint'), 'nextHint')]
            : []),
          link(vscode.l10n.t('Compare with the solution'), 'showSolution'),
          link(vscode.l10n.t('Start over'), 'resetExercise'),
          ...skip,
        ];
  const after =
    state === 'passed'
      ? [
          `> ${vscode.l10n.t('Solved.')} ${link(vscode.l10n.t('Why this works'), 'showWhy')} · ${link(vscode.l10n.t('Go on'), 'continueLearning')}`,
        ]
      : [];
  const lesson = id.slice(0, id.lastIndexOf('/'));
  const parts = [
    `# ${say(exercise.title)}`,
    facts.join(' · '),
    say(exercise.goal),
    ...after,
    actions.join(' · '),
    // Where somebody looks who has just asked for one.
    ...shown.map((hint, index) => `> **${vscode.l10n.t('Hint {0}', index + 1)}** ${say(hint)}`),
    ...(active === undefined ? [] : [checklist(active, canRunTests)]),
    commandLink(vscode.l10n.t('Back to the lesson'), 'fastapiMentor.openLesson', lesson),
  ];
  return { id, title: say(exercise.title), markdown: `${parts.join('\n\n')}\n` };
}

function checklist(active: Active, canRunTests: boolean): string {
  const marks = { holds: '☑', open: '☐', unknown: '☐' } as const;
  const lines = checklistOf(active).map(({ label, state, why, at, rule }) => {
    const before = state === 'unknown' ? ' · ' : '<br>';
    const place = at === null ? '' : `\`${placeIn(active.folder, at)}\` `;
    const said = why === undefined ? '' : `${before}${place}*${asText(why)}*`;
    // What a rule is about is a click away.
    const linked = rule && commandLink(rule, 'fastapiMentor.showRule', rule);
    return `- ${marks[state]} ${linked ? label.replace(rule, linked) : label}${said}`;
  });
  const note = canRunTests ? [] : [withoutPython(active.exercise)];
  // A box is mark enough for a line.
  return ['<div class="checks">', '', ...lines, '', '</div>', '', ...note].join('\n');
}

function placeIn(folder: vscode.Uri, { uri, range }: NonNullable<CheckResult['at']>): string {
  const { path } = vscode.Uri.parse(uri);
  return `${path.slice(folder.path.length + 1)}:${range.start.line + 1}`;
}

/** What counts where no Python runs. */
export function withoutPython(exercise: Exercise): string {
  return isToldByChecks(exercise)
    ? vscode.l10n.t('No Python runs here: what is checked while you type is what counts.')
    : vscode.l10n.t(
        'No Python runs here, and what is checked while you type does not tell whether this is solved. Solve it where Python runs, or skip it.',
      );
}

/** What a test says may look like Markdown, and is none; what stands in backticks stays code. */
function asText(said: string): string {
  return said.replace(/[\\*_{}[\]<>#|~&]/g, (mark, at: number) =>
    said.slice(0, at).split('`').length % 2 === 0 ? mark : `\\${mark}`,
  );
}

export async function whyPage(content: Content, exercise: Exercise): Promise<Page> {
  const text = (await content.readPage(`${exercisePath(exercise.id)}/why.md`)) ?? '';
  const plain = { textOf: () => undefined, exercises: '', buttonsOf: () => '' };
  const end = [
    commandLink(vscode.l10n.t('Back to the exercise'), 'fastapiMentor.openExercise', exercise.id),
    commandLink(vscode.l10n.t('Go on'), 'fastapiMentor.continueLearning', exercise.id),
  ];
  return {
    id: `${exercise.id}${WHY}`,
    title: say(exercise.title),
    markdown: `${pageOf(text, plain)}\n\n---\n\n${end.join(' · ')}\n`,
  };
}

export async function glossaryPage(content: Content, term: string | undefined): Promise<Page> {
  const text = (await content.readPage('glossary.md')) ?? '';
  const id = term === undefined ? GLOSSARY : `${GLOSSARY}#${term}`;
  return { id, title: vscode.l10n.t('Glossary'), markdown: glossaryAt(text, term) };
}
