/** Learning in the editor: the Learn view, its pages and exercises, put together. */
import * as vscode from 'vscode';
import { exercisesOf, lessonById } from '../../../server/src/curriculum/curriculum.ts';
import type { Client, Context } from '../host.ts';
import { createActive } from './active.ts';
import { fixedCommand, sayWhatChanged } from './afterFix.ts';
import { loadContent } from './content.ts';
import { openExample, runExample } from './examples.ts';
import { registerExerciseCommands } from './exerciseCommands.ts';
import { offerLessons, showInProject } from './fromCode.ts';
import { createMemory } from './memory.ts';
import { createPages } from './pageById.ts';
import { glossaryPage, lessonPage } from './pages.ts';
import { nextAfter, withRead } from './progress.ts';
import type { Programs } from './python.ts';
import { createReader, READER } from './reader.ts';
import { searchLessons } from './search.ts';
import { followSteps } from './steps.ts';
import { exportProgress, importProgress } from './transfer.ts';
import { LearnTree, type Node } from './tree.ts';
import { say } from './words.ts';

export interface Learning extends vscode.Disposable {
  /** A server has started: it can be asked about exercises. */
  attach(client: Client): void;
}

/** `programs`: none in a browser, where no Python runs. */
export async function registerLearning(
  context: Context,
  programs: Programs | undefined,
): Promise<Learning> {
  const content = await loadContent(context.extensionUri);
  const { curriculum } = content;
  const memory = createMemory(context);
  const active = createActive(content, memory, programs !== undefined);
  const pages = createPages(content, memory, active, programs !== undefined);
  const reader = createReader(context.extensionUri);
  const tree = new LearnTree(curriculum, memory, active);
  const view = vscode.window.createTreeView<Node>('fastapiMentor.learn', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  let client: Client | undefined;
  const runsTests = programs !== undefined;
  void vscode.commands.executeCommand('setContext', 'fastapiMentor.runsTests', runsTests);

  const open = (id: string) => {
    const isLesson = lessonById(curriculum, id) !== undefined;
    return vscode.commands.executeCommand(
      isLesson ? 'fastapiMentor.openLesson' : 'fastapiMentor.openExercise',
      id,
    );
  };
  const openLesson = async (given: unknown) => {
    const id = idOf(given);
    const lesson = id === undefined ? undefined : lessonById(curriculum, id);
    if (lesson === undefined) return search();
    await memory.update((progress) => ({ ...progress, last: lesson.id }));
    await reader.show(await lessonPage(content, lesson, memory.progress));
  };
  const search = async () => {
    const found = await searchLessons(curriculum, memory.progress);
    if (found !== undefined) await vscode.commands.executeCommand(found.command, found.id);
  };
  const goOn = async (from: unknown) => {
    const next = nextAfter(curriculum, memory.progress, idOf(from) ?? memory.progress.last);
    if (next !== undefined) return open(next.id);
    return sayAllDone();
  };
  const sayAllDone = async () => {
    const { exercises } = memory.progress;
    const skipped = exercisesOf(curriculum).find(({ id }) => exercises[id] === 'skipped');
    if (skipped === undefined) {
      const all = vscode.l10n.t('You have read and solved everything that there is so far.');
      return vscode.window.showInformationMessage(all);
    }
    const go = vscode.l10n.t('Open the exercise');
    const text = vscode.l10n.t('What is left is what you have skipped: {0}', say(skipped.title));
    const answer = await vscode.window.showInformationMessage(text, go);
    return answer === go ? open(skipped.id) : undefined;
  };
  /** The page follows what is typed and solved, as the view does. */
  const follow = async () => {
    const page = await pages.byId(reader.shown ?? '');
    if (page !== undefined) await reader.show(page, 'quietly');
  };
  /** When a window opens again: what was open last. Of the panel VS Code may remember an earlier page. */
  const restore = async (panel: vscode.WebviewPanel, state: unknown) => {
    const shown = typeof state === 'object' && state !== null && 'id' in state ? state.id : '';
    const { last = '' } = memory.progress;
    const id = String(shown).startsWith(last) ? String(shown) : last;
    const page = await pages.byId(id);
    if (page === undefined) panel.dispose();
    else await reader.restore(panel, page);
  };
  const resume = () => {
    const { last } = memory.progress;
    return last === undefined ? goOn(undefined) : open(last);
  };
  const withLesson = (act: (lesson: NonNullable<ReturnType<typeof lessonById>>) => unknown) => {
    return (given: unknown) => {
      const lesson = lessonById(curriculum, idOf(given) ?? '');
      return lesson === undefined ? undefined : act(lesson);
    };
  };

  const register = vscode.commands.registerCommand;
  const parts = vscode.Disposable.from(
    memory,
    active,
    reader,
    tree,
    view,
    memory.onDidChange(() => tree.refresh()),
    active.onDidChange(() => tree.refresh()),
    memory.onDidChange(follow),
    active.onDidChange(follow),
    vscode.window.registerWebviewPanelSerializer(READER, { deserializeWebviewPanel: restore }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('fastapiMentor.language')) return;
      tree.refresh();
      void follow();
    }),
    followSteps(curriculum, memory),
    offerLessons(curriculum),
    registerExerciseCommands({ content, memory, active, pages, reader, programs, view }),
    register('fastapiMentor.openLesson', openLesson),
    register('fastapiMentor.searchLessons', search),
    register('fastapiMentor.resumeLearning', resume),
    register('fastapiMentor.continueLearning', goOn),
    register('fastapiMentor.openGlossary', async (term: unknown) =>
      reader.show(await glossaryPage(content, typeof term === 'string' ? term : undefined)),
    ),
    register(
      'fastapiMentor.readLesson',
      withLesson(async ({ id }) => {
        await memory.update((progress) => withRead(progress, id));
        await goOn(id);
      }),
    ),
    register(
      'fastapiMentor.unreadLesson',
      withLesson(({ id }) =>
        memory.update(({ read, ...rest }) => ({ ...rest, read: read.filter((one) => one !== id) })),
      ),
    ),
    register('fastapiMentor.openExample', (lesson: unknown, name: unknown) =>
      withLesson((found) =>
        found.examples.includes(String(name))
          ? openExample(content, found, String(name), reader.columnOfCode)
          : undefined,
      )(lesson),
    ),
    register('fastapiMentor.runExample', (lesson: unknown, name: unknown) =>
      withLesson((found) =>
        found.examples.includes(String(name))
          ? runExample(
              content,
              found,
              String(name),
              programs,
              active.all().map(({ folder }) => folder),
            )
          : undefined,
      )(lesson),
    ),
    register(
      'fastapiMentor.showInProject',
      withLesson((lesson) => showInProject(lesson, client)),
    ),
    register(fixedCommand, (rule: unknown) =>
      sayWhatChanged(rule, context.extensionUri, curriculum, memory),
    ),
    register('fastapiMentor.exportProgress', () => exportProgress(memory)),
    register('fastapiMentor.importProgress', () => importProgress(memory)),
  );
  return {
    attach(started) {
      client = started;
      active.attach(started);
    },
    dispose: () => parts.dispose(),
  };
}

/** Of what a command is given: an id from a page, or a row of the view from its menu. */
export function idOf(given: unknown): string | undefined {
  if (typeof given === 'string') return given;
  if (typeof given !== 'object' || given === null) return undefined;
  if ('lesson' in given) return idIn(given.lesson);
  return 'exercise' in given ? idIn(given.exercise) : undefined;
}

function idIn(part: unknown): string | undefined {
  if (typeof part !== 'object' || part === null || !('id' in part)) return undefined;
  return typeof part.id === 'string' ? part.id : undefined;
}
