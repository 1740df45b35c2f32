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

  const shops = exerciseOf('expert/04-async/2-fan-out');
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
    await own.isWhyShown(feed);
  });

  test('what only its tests can tell is not taken for solved', async () => {
    own.pictureOnFailure();
    await own.row(shops.title.ko).first().click();
    await own.begin(shops);
    // All of its checks hold from the start.
    await expect.poll(() => own.ticks(shops), soon).toEqual([true, true, true]);
    expect(await own.pageText()).toContain('검사만으로는 이 문제를 풀었는지 알 수 없습니다');
    expect(await own.row(shops.title.ko).first().textContent()).toContain('시작함');
    await own.picture('not-told');
  });
});
