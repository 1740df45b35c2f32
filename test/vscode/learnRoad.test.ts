// The road in English: exercises from the start to green, what lies between them, and progress that goes on.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { exercisesOf, lessonById, lessonsOf } from '../../server/src/curriculum/curriculum.ts';
import type { Editor } from './editor.ts';
import { launch, soon } from './learner.ts';
import { curriculum, exerciseOf, student } from './student.ts';

const async1 = exerciseOf('expert/04-async/1-stalled-service');
const async2 = exerciseOf('expert/04-async/2-fan-out');
const async3 = exerciseOf('expert/04-async/3-cpu-bound');
const feed = exerciseOf('expert/06-databases/1-feed-201-queries');

describe('the road in English', () => {
  let editor: Editor;
  let remove: () => void = () => {};
  let own: ReturnType<typeof student>;

  beforeAll(async () => {
    ({ editor, remove } = await launch(
      'road',
      'en',
      {},
      // What a terminal shows can be read only where it is drawn as text.
      { settings: { 'terminal.integrated.gpuAcceleration': 'off' } },
    ));
    own = student(editor, 'en');
  });

  afterAll(async () => {
    await editor?.close();
    remove();
  });

  const lesson = lessonById(curriculum, 'expert/04-async');
  const databases = lessonById(curriculum, 'expert/06-databases');
  if (lesson === undefined || databases === undefined) throw new Error('no such lesson');
  const rowOf = (title: string) => own.row(title).first().textContent();

  test('resumed with nothing done, it begins with the first lesson', async () => {
    own.pictureOnFailure();
    const [first] = lessonsOf(curriculum);
    if (first === undefined) throw new Error('there is no lesson');
    await own.openView();
    await own.command('resumeLearning');
    await own.isShown(first);
    await own.picture('first');
    await own.row(lesson.title.en).first().click();
    await own.isShown(lesson);
  });

  test('a page that was covered is shown again where it was left', async () => {
    own.pictureOnFailure();
    const scrolled = async () => (await own.shown())?.evaluate(() => window.scrollY);
    await (await own.shown())?.evaluate(() => window.scrollTo(0, 1000));
    await expect.poll(scrolled, soon).toBe(1000);
    await editor.openFile('notes.txt');
    await expect.poll(own.shown, soon).toBeUndefined();
    await editor.page.locator('.tab', { hasText: lesson.title.en }).click();
    await own.isShown(lesson);
    await expect.poll(scrolled, soon).toBe(1000);
  });

  test('read, and skipped: on to the next', async () => {
    own.pictureOnFailure();
    await own.press('I have read it: go on');
    await own.isShown(async1);
    await expect.poll(() => rowOf(lesson.title.en), soon).toContain('1 of 5');
    await own.press('Skip it');
    await own.isShown(async2);
    await expect.poll(() => rowOf(async1.title.en), soon).toContain('skipped');
    await own.picture('skipped');
  });

  test('five shops', { timeout: 150_000 }, async () => {
    own.pictureOnFailure();
    await own.start(async2);
    await own.solve(async2, 'fan-out');
    await own.press('Go on');
    await own.isShown(async3);
    expect(await rowOf(async2.title.en)).toContain('solved');
    expect(await rowOf(lesson.title.en)).toContain('2 of 5');
  });

  test('what was shown stays in its place while checks change', async () => {
    own.pictureOnFailure();
    onTestFinished(() => editor.page.setViewportSize({ width: 1600, height: 1000 }));
    await own.row(async2.title.en).first().click();
    await own.isShown(async2);
    await editor.page.setViewportSize({ width: 1600, height: 420 });
    const frame = await own.shown();
    if (frame === undefined) throw new Error('no page');
    // No script runs there but the reader's own.
    const hasRun = await frame.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "run"';
      document.body.append(script);
      script.remove();
      return document.title === 'run';
    });
    expect(hasRun).toBe(false);
    const topOfLastLink = () =>
      frame.evaluate(() =>
        Math.round([...document.querySelectorAll('a')].at(-1)?.getBoundingClientRect().top ?? 0),
      );
    await frame.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    const top = await topOfLastLink();
    expect(await frame.evaluate(() => window.scrollY)).toBeGreaterThan(100);
    const lost = '\n\nasync def lost() -> None:\n    asyncio.create_task(asyncio.sleep(1))\n';
    const file = 'app/offers.py';
    const text = own.solutionOf(async2, file);
    await own.pasteOver(`${own.folderOf(async2)}/${file}`, text + lost);
    await expect.poll(() => own.ticks(async2), soon).toEqual([false, true, true]);
    expect(Math.abs((await topOfLastLink()) - top)).toBeLessThan(3);
    await own.picture('stays');
    await editor.page.keyboard.press('Control+z');
    await expect.poll(() => own.ticks(async2), soon).toEqual([true, true, true]);
  });

  test('201 queries', { timeout: 150_000 }, async () => {
    own.pictureOnFailure();
    await own.row(databases.title.en).first().click();
    await own.isShown(databases);
    await own.row(feed.title.en).first().click();
    await own.start(feed);
    await own.solve(feed, 'feed');
  });

  test('a program of a lesson opens beside it, and runs in the environment of an exercise', async () => {
    own.pictureOnFailure();
    await own.row(lesson.title.en).first().click();
    await own.isShown(lesson);
    await own.press('Open');
    await editor.page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
    await expect.poll(() => editor.editorText(), soon).toContain('One slow request');
    await own.isShown(lesson);
    await own.picture('example-open');
    await own.press('Run');
    const terminal = editor.page.locator('.terminal-wrapper.active');
    await terminal.waitFor();
    const printed = () => terminal.locator('.xterm-rows').innerText();
    await expect.poll(printed, soon).toContain('/health after 0.0 s | /threads after 0.5 s');
    await own.picture('example-run');
  });

  const progress = (name = 'progress.json') =>
    JSON.parse(readFileSync(path.join(editor.folder, name), 'utf8'));
  const bringIn = async (given: unknown, answer: string) => {
    const file = path.join(editor.folder, 'given.json');
    writeFileSync(file, typeof given === 'string' ? given : JSON.stringify(given));
    await own.closeToasts();
    await own.asking('importProgress');
    await own.choosePlace(file, /^(Open|OK)$/);
    await own.toast(answer).waitFor();
  };
  const takeOut = async (name = 'progress.json') => {
    await own.closeToasts();
    await own.asking('exportProgress');
    await own.choosePlace(path.join(editor.folder, name), /^(Save|OK)$/);
    await own.toast('Your progress was written to a file.').waitFor();
  };

  test('progress goes out as a file, and comes in without taking anything away', async () => {
    own.pictureOnFailure();
    await takeOut();
    const here = {
      read: [lesson.id],
      exercises: { [async1.id]: 'skipped', [async2.id]: 'passed', [feed.id]: 'passed' },
    };
    expect(progress()).toMatchObject({ version: 1, ...here });
    await bringIn('{"version": 1, "read": [', 'This file holds no progress. Nothing was changed.');
    await bringIn({ version: '0.1.0', name: 'x' }, 'This file holds no progress.');
    await bringIn({ ...progress(), version: 2, read: [] }, 'written by a newer FastAPI Mentor');
    await own.picture('newer');
    const other = { [async2.id]: 'started', [async3.id]: 'passed', 'gone/1': 'passed' };
    await bringIn(
      { ...progress(), read: [databases.id], exercises: other },
      'Lessons read: 2. Exercises solved: 4.',
    );
    await own.picture('imported');
    expect(await rowOf(async2.title.en)).toContain('solved');
    expect(await rowOf(async3.title.en)).toContain('solved');
    expect(await rowOf(async1.title.en)).toContain('skipped');
    expect(await rowOf(lesson.title.en)).toContain('3 of 5');
  });

  test('after the last there is what was skipped', async () => {
    own.pictureOnFailure();
    const all = exercisesOf(curriculum).filter(({ id }) => id !== async1.id);
    const exercises = Object.fromEntries(all.map(({ id }) => [id, 'passed']));
    const read = lessonsOf(curriculum).map(({ id }) => id);
    await bringIn({ ...progress(), read, exercises }, 'What was here before is kept.');
    await own.closeToasts();
    await own.command('continueLearning');
    const left = own.toast(`What is left is what you have skipped: ${async1.title.en}`);
    await left.locator('.monaco-button', { hasText: 'Open the exercise' }).click();
    await own.isShown(async1);
  });

  test('another window goes on where this one has stopped', async () => {
    own.pictureOnFailure();
    await own.row(async2.title.en).first().click();
    await own.isShown(async2);
    await takeOut('before.json');
    await editor.page.reload();
    // The page stands where it stood; exercises that lie here are looked at again.
    await own.isShown(async2);
    await expect.poll(() => own.ticks(async2), soon).toEqual([true, true, true]);
    await own.picture('again');
    await own.openView();
    await expect.poll(() => rowOf(async1.title.en), soon).toContain('skipped');
    expect(await rowOf(feed.title.en)).toContain('solved');
    await takeOut('after.json');
    expect(progress('after.json')).toEqual(progress('before.json'));
    await editor.runCommand('View: Close All Editors in Group');
    await own.command('resumeLearning');
    await own.isShown(async2);
  });
});
