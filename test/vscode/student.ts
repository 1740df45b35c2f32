// What somebody does who learns in a language: whole exercises, by the words that the extension has for it.
import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFailed } from 'vitest';
import { exerciseById } from '../../server/src/curriculum/curriculum.ts';
import type { Exercise } from '../../server/src/curriculum/exercise.ts';
import { describeFailure, exercisePath } from '../../server/src/curriculum/pytest.ts';
import { readSources } from '../curriculum/sources.ts';
import { pythonEnvironment } from '../python/environment.mjs';
import type { Editor } from './editor.ts';
import { learner, soon } from './learner.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const readJson = (file: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const korean = readJson('client/l10n/bundle.l10n.ko.json');
const titles = { en: readJson('package.nls.json'), ko: readJson('package.nls.ko.json') };

export const curriculum = readSources();
export const exerciseOf = (id: string): Exercise => {
  const found = exerciseById(curriculum, id);
  if (found === undefined) throw new Error(`no exercise ${id}`);
  return found;
};
/** What somebody does who learns in this language. */
export function student(editor: Editor, locale: 'en' | 'ko', where: string = locale) {
  const own = learner(editor);
  const { page } = editor;
  /** What the extension says, by its English words. */
  const says = (text: string, ...given: readonly string[]): string => {
    const words = locale === 'ko' ? korean[text] : text;
    if (words === undefined) throw new Error(`${text} has no Korean words`);
    return words.replace(/\{(\d)\}/g, (_, index) => given[Number(index)] ?? '');
  };
  const titleOf = (name: string) => `FastAPI Mentor: ${titles[locale][`command.${name}`]}`;
  const command = (name: string) => editor.runCommand(titleOf(name));
  const asking = (name: string) => editor.runAskingCommand(titleOf(name));
  const picture = (name: string) => editor.screenshot(`learn-${where}-${name}`);
  const pictureOnFailure = () => {
    onTestFailed(async ({ task }) => {
      await picture(`failed-${task.name.replace(/[^\w가-힣]+/g, '-')}`);
    });
  };
  const folderOf = ({ id }: Exercise) => `fastapi-${id.replaceAll('/', '-')}`;
  const isShown = ({ title }: { readonly title: Exercise['title'] }) =>
    expect.poll(own.pageText, soon).toContain(title[locale]);

  /** By its title: the tree may have scrolled away from it. */
  const search = async (exercise: Exercise) => {
    await asking('searchLessons');
    const title = exercise.title[locale];
    await page.locator('.quick-input-widget input.input').fill(title);
    const row = page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: title });
    await row.waitFor();
    await page.keyboard.press('Enter');
    await isShown(exercise);
  };
  /** From its page. */
  const begin = async (exercise: Exercise) => {
    await isShown(exercise);
    await own.press(says('Start in a folder of yours'));
    await own.chooseFolder(editor.folder, says('Put the exercise here'));
    const [first = ''] = exercise.open;
    await page.locator('.tab.active', { hasText: path.basename(first) }).waitFor();
  };
  /** And with an environment that has what its tests need. */
  const start = async (exercise: Exercise) => {
    await begin(exercise);
    const { python } = await pythonEnvironment();
    const inside = path.join(editor.folder, folderOf(exercise));
    symlinkSync(path.resolve(python, '../..'), path.join(inside, '.venv'));
    const lines = async () => (await own.checklist()).length;
    await expect.poll(lines, soon).toBeGreaterThan(exercise.checks.length);
  };
  /** Whether it is said of all tests how they went. */
  const areTold = async ({ checks }: Exercise) => {
    const lines = (await own.checklist()).slice(checks.length);
    const untold = [says('not run'), says('running')];
    return (
      lines.length > 0 && !lines.some(({ text }) => untold.some((each) => text.includes(each)))
    );
  };
  const runTests = async (exercise: Exercise) => {
    await own.press(says('Run the tests'));
    const behaviour = async () => (await own.checklist()).slice(exercise.checks.length);
    await expect.poll(() => areTold(exercise), { ...soon, timeout: 60_000 }).toBe(true);
    return behaviour();
  };
  /** The checks that one sees tick while typing. */
  const ticks = async (exercise: Exercise) =>
    (await own.checklist()).slice(0, exercise.checks.length).map(({ isDone }) => isDone);
  const solutionOf = (exercise: Exercise, file: string) =>
    readFileSync(
      path.join(root, 'walkthroughs', exercisePath(exercise.id), 'solution', file),
      'utf8',
    );

  const paste = async (exercise: Exercise) => {
    for (const file of exercise.solution) {
      await own.pasteOver(`${folderOf(exercise)}/${file}`, solutionOf(exercise, file));
    }
  };

  const isWhyShown = async ({ id }: Exercise) => {
    const why = locale === 'ko' ? 'why.nls.ko.md' : 'why.md';
    const text = readFileSync(path.join(root, 'walkthroughs', exercisePath(id), why), 'utf8');
    const [heading = ''] = text.split('\n');
    await expect.poll(own.pageText, soon).toContain(heading.replace('# ', ''));
    // The link to it has the same words.
    const about = async () => (await own.shown())?.locator('body').getAttribute('data-page');
    await expect.poll(about, soon).toBe(`${id}#why`);
  };

  /** Red first, for the reason that the exercise states; then green, file by file. */
  const solve = async (exercise: Exercise, name: string) => {
    const before = await runTests(exercise);
    // Who presses keys goes on from there, though the page has changed.
    const focused = await (await own.shown())?.evaluate(() => document.activeElement?.textContent);
    expect(focused).toBe(says('Run the tests'));
    const failed = before.filter(({ isDone }) => !isDone);
    expect(failed.length).toBeGreaterThan(0);
    const stated = exercise.proof.starter.flatMap((each) =>
      typeof each === 'string' || each.says === undefined
        ? []
        : describeFailure(exercise, each.says)[locale],
    );
    for (const words of stated) expect(failed.map(({ text }) => text).join('\n')).toContain(words);
    await picture(`${name}-red`);
    await paste(exercise);
    // Nothing is saved yet.
    await expect.poll(() => ticks(exercise), soon).toEqual(exercise.checks.map(() => true));
    await picture(`${name}-ticked`);
    const after = await runTests(exercise);
    expect(after.filter(({ isDone }) => !isDone)).toEqual([]);
    const solved = own.toast(says('Solved: {0}', exercise.title[locale]));
    await solved.waitFor();
    await picture(`${name}-green`);
    await solved.locator('.monaco-button', { hasText: says('Why this works') }).click();
    await isWhyShown(exercise);
    await picture(`${name}-why`);
  };
  return {
    ...own,
    says,
    command,
    asking,
    picture,
    pictureOnFailure,
    isShown,
    search,
    isWhyShown,
    areTold,
    begin,
    start,
    paste,
    solve,
    ticks,
    folderOf,
    solutionOf,
  };
}
