/** What can be done with an exercise, from its page, the view and the command palette. */
import * as vscode from 'vscode';
import { exerciseById } from '../../../server/src/curriculum/curriculum.ts';
import type { Exercise } from '../../../server/src/curriculum/exercise.ts';
import { STARTED_FILE } from '../../../server/src/curriculum/started.ts';
import type { Active, ActiveExercises } from './active.ts';
import { type Content, exists } from './content.ts';
import { idOf } from './learn.ts';
import type { Memory } from './memory.ts';
import type { Pages } from './pageById.ts';
import { whyPage, withoutPython } from './pages.ts';
import { withExercise } from './progress.ts';
import type { Programs } from './python.ts';
import type { How, Reader } from './reader.ts';
import { searchLessons } from './search.ts';
import {
  openExerciseFolder,
  openFiles,
  resetExercise,
  showSolution,
  startExercise,
} from './starting.ts';
import { createTests } from './testing.ts';
import type { Node } from './tree.ts';
import { say } from './words.ts';

export interface ExerciseContext {
  readonly content: Content;
  readonly memory: Memory;
  readonly active: ActiveExercises;
  readonly pages: Pages;
  readonly reader: Reader;
  /** None in a browser. */
  readonly programs: Programs | undefined;
  readonly view: vscode.TreeView<Node>;
}

export function registerExerciseCommands(context: ExerciseContext): vscode.Disposable {
  const { content, memory, active, pages, reader, programs, view } = context;
  const tests = programs && createTests(content, active, programs);

  const show = async ({ id }: Exercise, how?: How) => {
    await memory.update((progress) => ({ ...progress, last: id }));
    const page = await pages.byId(id);
    if (page !== undefined) await reader.show(page, how);
  };
  const reveal = async (exercise: Exercise) => {
    if (view.visible) await view.reveal({ kind: 'exercise', exercise }, { expand: true });
  };
  const begin = async ({ exercise, folder }: Active) => {
    await openFiles(exercise, folder);
    await show(exercise, 'beside');
    await reveal(exercise);
  };
  /** After its window has opened. */
  const beginOpened = async () => {
    await active.refresh();
    const folder = memory.takeOpened();
    const one = active.all().find((each) => each.folder.toString() === folder?.toString());
    if (one !== undefined) await begin(one);
  };

  /** The exercise that a command means: the given one, that of the file in front, else one that is chosen. */
  const chosen = async (given: unknown): Promise<Exercise | undefined> => {
    const id = idOf(given) ?? active.current()?.exercise.id;
    const known = exerciseById(content.curriculum, id ?? '');
    if (known !== undefined) return known;
    const found = await searchLessons(content.curriculum, memory.progress, 'exercises');
    return found && exerciseById(content.curriculum, found.id);
  };
  const withStarted = (act: (one: Active) => unknown) => async (given: unknown) => {
    const exercise = await chosen(given);
    if (exercise === undefined) return;
    const one = active.byId(exercise.id);
    if (one !== undefined) await act(one);
    else await sayNotOpen(exercise, memory);
  };

  const start = async (given: unknown) => {
    const exercise = await chosen(given);
    const folder = exercise && (await startExercise(content, memory, exercise));
    if (exercise === undefined || folder === undefined) return;
    await memory.update((progress) => withExercise(progress, exercise.id, 'started'));
    await open(exercise, folder);
  };
  const open = async ({ id }: Exercise, folder: vscode.Uri) => {
    if (!(await openExerciseFolder(folder, memory))) return;
    await active.refresh();
    const one = active.byId(id);
    if (one !== undefined) await begin(one);
  };
  /** To where it was started, if it still lies there. */
  const goTo = async (exercise: Exercise) => {
    const folder = memory.folderOf(exercise.id);
    if (folder === undefined) return sayNotHere(exercise, undefined);
    if (await exists(vscode.Uri.joinPath(folder, STARTED_FILE))) return open(exercise, folder);
    await memory.setFolder(exercise.id, undefined);
    return sayNotHere(exercise, folder);
  };
  const check = withStarted(async ({ exercise }) => {
    if (tests === undefined) {
      void vscode.window.showInformationMessage(withoutPython(exercise));
      return;
    }
    await tests.run(exercise.id);
  });
  const hint = async (given: unknown) => {
    const exercise = await chosen(given);
    if (exercise === undefined) return;
    await memory.update(({ hints, ...rest }) => ({
      ...rest,
      hints: { ...hints, [exercise.id]: Math.min(3, (hints[exercise.id] ?? 0) + 1) },
    }));
    await show(exercise);
  };
  const why = async (given: unknown) => {
    const exercise = await chosen(given);
    if (exercise === undefined) return;
    if (memory.progress.exercises[exercise.id] === 'passed') {
      await reader.show(await whyPage(content, exercise));
      return;
    }
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This page tells the solution: it opens once the exercise is solved.'),
    );
  };
  const skip = async (given: unknown) => {
    const exercise = await chosen(given);
    if (exercise === undefined) return;
    await memory.update((progress) => withExercise(progress, exercise.id, 'skipped'));
    await vscode.commands.executeCommand('fastapiMentor.continueLearning', exercise.id);
  };
  const congratulate = async (exercise: Exercise) => {
    const read = vscode.l10n.t('Why this works');
    const next = vscode.l10n.t('Go on');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('Solved: {0}', say(exercise.title)),
      read,
      next,
    );
    if (answer === read) await why(exercise.id);
    if (answer === next)
      await vscode.commands.executeCommand('fastapiMentor.continueLearning', exercise.id);
  };

  void beginOpened();
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    ...(tests === undefined ? [] : [tests]),
    active.onDidPass(congratulate),
    register('fastapiMentor.openExercise', async (given: unknown) => {
      const exercise = await chosen(given);
      if (exercise !== undefined) await show(exercise);
    }),
    register('fastapiMentor.startExercise', start),
    register('fastapiMentor.openExerciseFolder', async (given: unknown) => {
      const exercise = await chosen(given);
      if (exercise !== undefined) await goTo(exercise);
    }),
    register('fastapiMentor.checkExercise', check),
    register('fastapiMentor.nextHint', hint),
    register(
      'fastapiMentor.showSolution',
      withStarted(({ exercise, folder }) =>
        showSolution(
          content,
          exercise,
          folder,
          memory.progress.exercises[exercise.id] === 'passed',
        ),
      ),
    ),
    register('fastapiMentor.showWhy', why),
    register(
      'fastapiMentor.resetExercise',
      withStarted(async (one) => {
        const backup = await resetExercise(content, one.exercise, one.folder);
        if (backup === undefined) return;
        one.tests.clear();
        await active.refresh();
        await begin(one);
        void vscode.window.showInformationMessage(
          vscode.l10n.t('Started over. What you had is in {0}.', backup),
        );
      }),
    ),
    register('fastapiMentor.skipExercise', skip),
  );
}

/** It was started in another window, or not at all. */
async function sayNotOpen(exercise: Exercise, memory: Memory): Promise<void> {
  const folder = memory.folderOf(exercise.id);
  const start = vscode.l10n.t('Start in a folder of yours');
  const open = vscode.l10n.t('Open its folder');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('"{0}" is not open in this window.', say(exercise.title)),
    ...(folder === undefined ? [start] : [open, start]),
  );
  if (answer === start)
    await vscode.commands.executeCommand('fastapiMentor.startExercise', exercise.id);
  if (answer === open)
    await vscode.commands.executeCommand('fastapiMentor.openExerciseFolder', exercise.id);
}

/** It was never started on this machine, or its folder has been moved or deleted. */
async function sayNotHere({ id, title }: Exercise, folder: vscode.Uri | undefined): Promise<void> {
  const start = vscode.l10n.t('Start in a folder of yours');
  const text =
    folder === undefined
      ? vscode.l10n.t('"{0}" has not been started on this machine.', say(title))
      : vscode.l10n.t('"{0}" is no longer in {1}.', say(title), folder.fsPath);
  const answer = await vscode.window.showInformationMessage(text, start);
  if (answer === start) await vscode.commands.executeCommand('fastapiMentor.startExercise', id);
}
