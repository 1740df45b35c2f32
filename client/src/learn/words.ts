/** What is said in many places of the Learn view: by words, and never by colour alone. */
import * as vscode from 'vscode';
import type { Words } from '../../../server/src/curriculum/words.ts';
import { currentLanguage } from '../language.ts';
import type { Count, ExerciseState } from './progress.ts';

/** Of lessons and exercises: in the language that they are read in. */
export function say(words: Words): string {
  return words[currentLanguage()];
}

export function difficultyWord(difficulty: number): string {
  if (difficulty <= 1) return vscode.l10n.t('easy');
  if (difficulty === 2) return vscode.l10n.t('moderate');
  if (difficulty === 3) return vscode.l10n.t('demanding');
  return difficulty === 4 ? vscode.l10n.t('hard') : vscode.l10n.t('very hard');
}

export function minutesWord(minutes: number): string {
  return vscode.l10n.t('{0} min', minutes);
}

export function countWord({ done, all }: Count): string {
  return vscode.l10n.t('{0} of {1}', done, all);
}

export function stateWord(state: ExerciseState | undefined): string | undefined {
  if (state === 'passed') return vscode.l10n.t('solved');
  if (state === 'skipped') return vscode.l10n.t('skipped');
  return state === 'started' ? vscode.l10n.t('started') : undefined;
}
