/** Lessons and exercises by their names, in both languages. */
import * as vscode from 'vscode';
import { type Curriculum, lessonsOf } from '../../../server/src/curriculum/curriculum.ts';
import { currentLanguage } from '../language.ts';
import type { Progress } from './progress.ts';
import { minutesWord, say, stateWord } from './words.ts';

interface Choice extends vscode.QuickPickItem {
  readonly id?: string;
  readonly isExercise?: boolean;
}

/** Gives the command that opens what was chosen, with its id. */
export async function searchLessons(
  curriculum: Curriculum,
  progress: Progress,
  only?: 'exercises',
): Promise<{ readonly command: string; readonly id: string } | undefined> {
  const other = currentLanguage() === 'ko' ? 'en' : 'ko';
  const choices = lessonsOf(curriculum).flatMap((lesson): Choice[] => [
    { label: say(lesson.title), kind: vscode.QuickPickItemKind.Separator },
    ...(only === 'exercises'
      ? []
      : [
          {
            label: say(lesson.title),
            description: `${vscode.l10n.t('Lesson')} · ${minutesWord(lesson.minutes)}`,
            detail: `${lesson.title[other]} · ${lesson.rules.join(', ')}`,
            id: lesson.id,
          },
        ]),
    ...lesson.exercises.map((exercise) => {
      const state = stateWord(progress.exercises[exercise.id]);
      return {
        label: say(exercise.title),
        description: [vscode.l10n.t('Exercise'), minutesWord(exercise.minutes), state ?? '']
          .join(' · ')
          .replace(/ · $/, ''),
        detail: exercise.title[other],
        id: exercise.id,
        isExercise: true,
      };
    }),
  ]);
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Lessons and exercises'),
    placeHolder: vscode.l10n.t('A title, or the name of a rule'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.id === undefined) return undefined;
  const command = chosen.isExercise ? 'fastapiMentor.openExercise' : 'fastapiMentor.openLesson';
  return { command, id: chosen.id };
}
