// Learning where no program runs: the extension in the worker of a browser.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lessonOfExercise } from '../../server/src/curriculum/curriculum.ts';
import type { Editor } from './editor.ts';
import { launch, soon } from './learner.ts';
import { curriculum, exerciseOf, student } from './student.ts';

describe('in a browser, in Korean', () => {
  let editor: Editor;
  let remove: () => void = () => {};
  let own: ReturnType<typeof student>;
  const feed = exerciseOf('expert/06-databases/1-feed-201-queries');

  beforeAll(async () => {
    const settings = { 'remote.extensionKind': { 'fastapi-mentor.fastapi-mentor': ['web'] } };
    ({ editor, remove } = await launch('web', 'ko', {}, { settings }));
    own = student(editor, 'ko', 'web');
  });

  afterAll(async () => {
    await editor?.close();
    remove();
  });

  const noPython = '여기에서는 Python을 실행할 수 없';

  test('a lesson is read, and its program is not run', async () => {
    own.pictureOnFailure();
    const lesson = lessonOfExercise(curriculum, feed.id);
    if (lesson === undefined) throw new Error('no lesson');
    await own.openView();
    await own.row(lesson.title.ko).first().click();
    await own.isShown(lesson);
    await own.press(own.says('Run'));
    await own.toast(`${noPython}습니다`).waitFor();
    await own.picture('lesson');
  });

  test('what is checked while typing is what counts', async () => {
    own.pictureOnFailure();
    await own.row(feed.title.ko).first().click();
    await own.begin(feed);
    const ticks = () => own.ticks(feed);
    await expect.poll(ticks, { ...soon, timeout: 60_000 }).toEqual([false, false, true]);
    expect((await own.checklist()).length).toBe(feed.checks.length);
    expect(await own.pageText()).toContain(`${noPython}으므로`);
    expect(await own.pageText()).not.toContain(own.says('Run the tests'));
    await own.picture('started');
    await own.paste(feed);
    await expect.poll(ticks, soon).toEqual([true, true, true]);
    await own.toast(own.says('Solved: {0}', feed.title.ko)).waitFor();
    await own.picture('solved');
    await own.closeToasts();
    await own.command('checkExercise');
    await own.toast(`${noPython}으므로`).waitFor();
    await own.press(own.says('Why this works'));
    await expect.poll(own.pageText, soon).toContain('이렇게 하면 되는 이유');
  });
});
