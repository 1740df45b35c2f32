// Learning in the editor, from the first click on the Learn view to a solved exercise.
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { pythonEnvironment } from '../python/environment.mjs';
import type { Editor } from './editor.ts';
import { launch, learner, soon } from './learner.ts';

const folderName = 'fastapi-expert-04-async-1-stalled-service';

interface Words {
  readonly track: string;
  readonly chapter: string;
  readonly hard: string;
  readonly lesson: string;
  /** The track that comes first, with its first chapter and lesson. */
  readonly first: readonly [track: string, chapter: string, lesson: string];
  readonly picture: string;
  readonly exercise: string;
  readonly open: string;
  readonly start: string;
  readonly put: string;
  readonly here: string;
  readonly run: string;
  readonly hint: string;
  readonly hints: string;
  readonly left: string;
  readonly done: string;
  readonly offload: string;
  readonly sleep: string;
  readonly solved: string;
  readonly why: string;
  readonly because: string;
  readonly tests: string;
  readonly resume: string;
  readonly learn: string;
  readonly noPython: string;
  readonly show: string;
  readonly mended: string;
  readonly reset: string;
  readonly again: string;
  readonly solution: string;
  readonly walkthroughs: string;
  readonly trackTitle: string;
}

const english: Words = {
  track: 'Expert',
  chapter: 'Asynchronous programming',
  hard: 'hard',
  lesson: 'One loop for everybody',
  first: ['FastAPI: Foundations', 'Basics', 'From a function to a URL'],
  picture: 'Two time lines',
  exercise: 'The stalled service',
  open: 'Open the exercise',
  start: 'Start in a folder of yours',
  put: 'Put the exercise here',
  here: 'Open it here',
  run: 'Run the tests',
  hint: 'Hint',
  hints: 'All requests share one event loop',
  left: 'One is left.',
  done: 'done',
  offload: 'in the thread pool',
  sleep: 'asyncio.sleep',
  solved: 'Solved: The stalled service',
  why: 'Why this works',
  because: 'Three calls waited',
  tests: 'Run the Tests of the Exercise',
  resume: 'Resume Learning',
  learn: 'Learn: One loop for everybody',
  noPython: 'No Python was found',
  show: 'Show me where my project does this',
  mended: 'What happened at run time until now',
  reset: 'Start the Exercise Over',
  again: 'Start over',
  solution: 'Compare with the Solution',
  walkthroughs: 'Welcome: Open Walkthrough...',
  trackTitle: 'FastAPI: Expert',
};

const korean: Words = {
  track: '전문가',
  chapter: '비동기 프로그래밍',
  hard: '어려움',
  lesson: '모두가 함께 쓰는 이벤트 루프',
  first: ['FastAPI: 기초', '기본', '함수가 URL이 되기까지'],
  picture: '두 개의 시간 축',
  exercise: '멈춰 버린 서비스',
  open: '연습 문제 열기',
  start: '내 폴더에서 시작하기',
  put: '여기에 연습 문제 만들기',
  here: '여기에서 열기',
  run: '테스트 실행',
  hint: '힌트',
  hints: '모든 요청은 이벤트 루프 하나를',
  left: '1건 남았습니다.',
  done: '완료',
  offload: '스레드 풀',
  sleep: 'asyncio.sleep',
  solved: '해결: 멈춰 버린 서비스',
  why: '이 해법이 통하는 이유',
  because: '세 계층에서',
  tests: '연습 문제 테스트 실행',
  resume: '이어서 배우기',
  learn: '배우기: 모두가 함께 쓰는 이벤트 루프',
  noPython: 'Python을 찾지 못해',
  show: '내 프로젝트에서 해당하는 곳 보기',
  mended: '지금까지 실행할 때 있었던 일',
  reset: '연습 문제 처음부터 다시 하기',
  again: '처음부터 다시 하기',
  solution: '해답과 비교',
  walkthroughs: 'Welcome: Open Walkthrough...',
  trackTitle: 'FastAPI: 전문가',
};

describe.each([
  ['English', 'en', english],
  ['Korean', 'ko', korean],
] as const)('in %s', (_, locale, words) => {
  let editor: Editor;
  let remove: () => void = () => {};
  let own: ReturnType<typeof learner>;

  const picture = (name: string) => editor.screenshot(`learn-${locale}-${name}`);
  const pictureOnFailure = () => {
    onTestFailed(async ({ task }) => {
      await picture(`failed-${task.name.replace(/[^\w가-힣]+/g, '-')}`);
    });
  };

  beforeAll(async () => {
    ({ editor, remove } = await launch('workbench', locale));
    own = learner(editor);
  });

  afterAll(async () => {
    await editor?.close();
    remove();
  });

  test('the road, and a lesson', async () => {
    pictureOnFailure();
    await own.openView();
    await own.row(words.chapter).first().waitFor();
    expect(await own.row(words.chapter).first().textContent()).toContain(words.hard);
    await picture('road');
    await own.row(words.lesson).first().click();
    await expect.poll(own.pageText, soon).toContain('/health after 0.5 s');
    const frame = await own.shown();
    expect(await frame?.locator('svg[role="img"]').getAttribute('aria-label')).toContain(
      words.picture,
    );
    expect(await frame?.locator('details').count()).toBe(3);
    await picture('lesson');
  });

  test('an exercise starts in a folder of the learner’s choice', async () => {
    pictureOnFailure();
    await own.press(words.open);
    await own.press(words.start);
    await own.chooseFolder(editor.folder, words.put);
    const dialog = editor.page.locator('.monaco-dialog-box');
    await Promise.race([
      dialog.waitFor(),
      editor.page.locator('.tab.active', { hasText: 'main.py' }).waitFor(),
    ]);
    const inside = path.join(editor.folder, folderName);
    await expect.poll(() => existsSync(path.join(inside, '.fastapi-mentor')), soon).toBe(true);
    expect(readdirSync(inside).sort()).toEqual([
      '.fastapi-mentor',
      'app',
      'requirements.txt',
      'tests',
    ]);
    await editor.page.locator('.tab', { hasText: 'main.py' }).first().waitFor();
    await expect.poll(() => own.row(words.left).count(), soon).toBe(1);
    await picture('started');
  });

  test('a hint, and the tests before anything is done', async () => {
    pictureOnFailure();
    const { python } = await pythonEnvironment();
    symlinkSync(path.resolve(python, '../..'), path.join(editor.folder, folderName, '.venv'));
    await own.press(words.hint);
    await expect.poll(own.pageText, soon).toContain(words.hints);
    await own.press(words.run);
    await expect
      .poll(() => editor.page.locator('.part.sidebar .codicon-pass').count(), soon)
      .toBe(2);
    await picture('failing');
  });

  test('the checklist ticks while one types, and the tests make it green', async () => {
    pictureOnFailure();
    const main = `${folderName}/app/main.py`;
    await editor.openFile(main);
    await editor.goTo(editor.lineOf(main, 'time.sleep'));
    await expect.poll(() => editor.squiggles('error'), soon).toBeGreaterThan(0);
    await editor.applyQuickFix(editor.lineOf(main, 'time.sleep'), words.sleep);
    await expect.poll(() => own.row(words.left).count(), soon).toBe(0);
    // What the fix changed at run time is said once, in the words of the rule's page.
    const changed = editor.page.locator('.notification-toast', { hasText: words.mended });
    await changed.waitFor();
    expect(await changed.textContent()).toContain('time.sleep');
    expect(await changed.textContent()).toContain(words.learn);
    await picture('ticked');
    const quotes = `${folderName}/app/quotes.py`;
    await editor.openFile(quotes);
    for (const call of ['vendor.latest', 'audit.record']) {
      await editor.applyQuickFix(editor.lineOf(quotes, call), words.offload);
      await expect.poll(() => editor.editorText(), soon).toContain(`run_in_threadpool(${call}`);
      await editor.page.keyboard.press('Control+s');
      const saved = () => readFileSync(path.join(editor.folder, quotes), 'utf8');
      await expect.poll(saved, soon).toContain(`run_in_threadpool(${call}`);
    }
    await editor.runCommand(`FastAPI Mentor: ${words.tests}`);
    const solved = editor.page.locator('.notification-toast', { hasText: words.solved });
    await solved.waitFor({ timeout: 60_000 });
    await picture('solved');
    await solved.locator('.monaco-button', { hasText: words.why }).click();
    await expect.poll(own.pageText, soon).toContain(words.because);
    await picture('why');
  });

  test('from a finding to its lesson, and from the lesson to the findings', async () => {
    pictureOnFailure();
    const slow = `${folderName}/app/slow.py`;
    const text = 'import time\n\n\nasync def slow() -> None:\n    time.sleep(1)\n';
    writeFileSync(path.join(editor.folder, slow), text);
    await editor.openFile(slow);
    await expect.poll(() => editor.squiggles('error'), soon).toBe(1);
    await editor.applyQuickFix(5, words.learn);
    await expect.poll(own.pageText, soon).toContain('/health after 0.5 s');
    await own.press(words.show);
    const row = editor.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'slow.py' });
    await row.first().waitFor();
    await picture('in-project');
    await row.first().click();
    await editor.page.locator('.tab.active', { hasText: 'slow.py' }).waitFor();
    // It takes the keyboard a moment later: what is typed until then ends up in it.
    const focused = editor.page.locator('.editor-group-container.active .monaco-editor :focus');
    await focused.waitFor({ state: 'attached' });
    rmSync(path.join(editor.folder, slow));
  });

  test('the solution is compared after asking, and starting over keeps what was there', async () => {
    pictureOnFailure();
    await editor.runCommand(`FastAPI Mentor: ${words.reset}`);
    const dialog = editor.page.locator('.monaco-dialog-box');
    await dialog.locator('.monaco-button', { hasText: words.again }).click();
    const inside = path.join(editor.folder, folderName);
    const main = path.join(inside, 'app', 'main.py');
    await expect.poll(() => readFileSync(main, 'utf8'), soon).toContain('time.sleep');
    const backups = path.join(inside, '.fastapi-mentor', 'backups');
    const [backup = ''] = readdirSync(backups);
    expect(readFileSync(path.join(backups, backup, 'app', 'main.py'), 'utf8')).toContain(
      'await asyncio.sleep',
    );
    await expect.poll(() => own.row(words.left).count(), soon).toBe(1);
    await own.toast(`.fastapi-mentor/backups/${backup}`).waitFor();
    await editor.runCommand(`FastAPI Mentor: ${words.solution}`);
    const diff = editor.page.locator(
      '.multiDiffEditor, .multi-diff-root-floating-menu, .diff-editor',
    );
    await diff.first().waitFor();
    await picture('solution');
  });

  test('the walkthroughs of the tracks', async () => {
    pictureOnFailure();
    const expert = [words.trackTitle, words.chapter, words.lesson] as const;
    for (const [title, chapter, lesson] of [words.first, expert]) {
      await editor.runCommand('View: Close All Editors');
      await expect.poll(() => editor.tabs(), soon).toEqual([]);
      await editor.runAskingCommand(words.walkthroughs);
      const track = editor.page.locator('.quick-input-widget .monaco-list-row', {
        hasText: title,
      });
      await track.first().click();
      const step = editor.page.locator('.getting-started-step', { hasText: chapter });
      await step.first().waitFor();
      await expect.poll(() => editor.shownText(), soon).toContain(lesson);
      await picture(title === words.trackTitle ? 'walkthrough' : 'first-walkthrough');
    }
  });

  test('the first lesson', async () => {
    pictureOnFailure();
    const [, , lesson] = words.first;
    await own.openView();
    await own.row(lesson).first().click();
    await expect.poll(own.pageText, soon).toContain('GET /runs/worst -> 200 null');
    await picture('first-lesson');
  });
});

describe('by keyboard alone', () => {
  let editor: Editor;
  let remove: () => void = () => {};
  let own: ReturnType<typeof learner>;

  beforeAll(async () => {
    ({ editor, remove } = await launch('keyboard', 'en'));
    own = learner(editor);
  });

  afterAll(async () => {
    await editor?.close();
    remove();
  });

  const words = english;
  const press = (key: string) => editor.page.keyboard.press(key);
  /** From the command palette; the commands of an extension are there a moment after the window. */
  const command = async (title: string) => {
    const chosen = editor.page.locator('.quick-input-widget .monaco-list-row.focused');
    for (let attempt = 1; attempt <= 20; attempt++) {
      await press('F1');
      await editor.page.keyboard.insertText(title);
      const isThere = await chosen
        .filter({ hasText: title })
        .waitFor({ timeout: 2000 })
        .then(
          () => true,
          () => false,
        );
      if (isThere) return press('Enter');
      await press('Escape');
    }
    throw new Error(`No command ${title}`);
  };
  /** The first quick fix of a line, which is the one that mends it. */
  const fix = async (file: string, text: string, mended: string) => {
    await editor.openFile(file);
    await editor.goTo(editor.lineOf(file, text));
    const first = editor.page.locator('.action-widget .monaco-list-row.focused');
    await expect
      .poll(async () => {
        await press('Escape');
        await press('Control+.');
        await first.waitFor({ timeout: 2000 }).catch(() => {});
        return (await first.textContent().catch(() => '')) ?? '';
      }, soon)
      .toContain(mended.includes('asyncio') ? words.sleep : words.offload);
    await press('Enter');
    await expect.poll(() => editor.editorText(), soon).toContain(mended);
    await press('Control+s');
    const saved = () => readFileSync(path.join(editor.folder, file), 'utf8');
    await expect.poll(saved, soon).toContain(mended);
  };

  test('from the search to green', async () => {
    onTestFailed(async () => {
      await editor.screenshot('learn-keyboard-failed');
    });
    await command('FastAPI Mentor: Search Lessons and Exercises');
    const row = editor.page.locator('.quick-input-widget .monaco-list-row.focused');
    await row.filter({ hasText: words.first[2] }).waitFor();
    await editor.page.keyboard.insertText(words.exercise);
    await row.filter({ hasText: words.exercise }).waitFor();
    await editor.screenshot('learn-keyboard-search');
    await press('Enter');
    await expect.poll(own.pageText, soon).toContain(words.start);
    const focused = async () => {
      const frame = await own.shown();
      return frame?.evaluate(() => document.activeElement?.textContent ?? '').catch(() => '');
    };
    await expect
      .poll(async () => {
        await press('Tab');
        return focused();
      }, soon)
      .toBe(words.start);
    await editor.screenshot('learn-keyboard-focus');
    await press('Enter');
    const input = editor.page.locator('.quick-input-widget input.input');
    await expect.poll(() => input.inputValue().catch(() => ''), soon).toContain(path.sep);
    await editor.page
      .locator('.quick-input-widget .monaco-list-row', { hasText: '..' })
      .first()
      .waitFor();
    const inside = path.join(editor.folder, folderName);
    const isThere = async () => {
      // It puts in the folder that it looked at before, also over what was typed meanwhile.
      if (await input.isVisible()) {
        await press('Control+a');
        await editor.page.keyboard.insertText(`${editor.folder}${path.sep}`);
        await press('Enter');
      }
      return existsSync(path.join(inside, '.fastapi-mentor'));
    };
    await expect.poll(isThere, { timeout: 30_000, interval: 1000 }).toBe(true);
    await editor.page.locator('.tab', { hasText: 'main.py' }).first().waitFor();
    const { python } = await pythonEnvironment();
    symlinkSync(path.resolve(python, '../..'), path.join(inside, '.venv'));

    await fix(`${folderName}/app/main.py`, 'time.sleep', 'await asyncio.sleep(0.2)');
    const quotes = `${folderName}/app/quotes.py`;
    await fix(quotes, 'vendor.latest', 'run_in_threadpool(vendor.latest');
    await fix(quotes, 'audit.record', 'run_in_threadpool(audit.record');
    await command(`FastAPI Mentor: ${words.tests}`);
    const solved = editor.page.locator('.notification-toast', { hasText: words.solved });
    await solved.waitFor({ timeout: 60_000 });
    await command('FastAPI Mentor: Why the Solution Works');
    await expect.poll(own.pageText, soon).toContain(words.because);
    await editor.screenshot('learn-keyboard-why');
  });
});

describe('with no Python', () => {
  let editor: Editor;
  let remove: () => void = () => {};
  let own: ReturnType<typeof learner>;

  beforeAll(async () => {
    // VS Code asks a shell for its environment, unless it was started from one.
    const environment = { PATH: path.join(tmpdir(), 'no-programs'), VSCODE_CLI: '1' };
    ({ editor, remove } = await launch('no-python', 'en', environment));
    own = learner(editor);
  });

  afterAll(async () => {
    await editor?.close();
    remove();
  });

  test('what is missing is said, and what is checked while typing works', async () => {
    onTestFailed(async () => {
      await editor.screenshot('learn-no-python-failed');
    });
    await own.openView();
    await own.row(english.exercise).first().click();
    await own.press(english.start);
    await own.chooseFolder(editor.folder, english.put);
    await expect.poll(() => own.row(english.left).count(), soon).toBe(1);
    const said = editor.page.locator('.notification-toast', { hasText: english.noPython });
    // A page that is drawn anew under the pointer does not see it.
    const isSaid = async () => {
      await own.press(english.run);
      await said.waitFor({ timeout: 5000 }).catch(() => {});
      return said.isVisible();
    };
    await expect.poll(isSaid, soon).toBe(true);
    expect(await said.textContent()).toContain('Get Python');
    await editor.screenshot('learn-no-python');
  });

  test('an exercise elsewhere opens where the learner says, and goes on there', async () => {
    onTestFailed(async () => {
      await editor.screenshot('learn-elsewhere-failed');
    });
    const second = 'Five shops, one answer';
    await own.row(second).first().click();
    await expect.poll(own.pageText, soon).toContain(second);
    await own.press(english.start);
    await own.chooseFolder(path.dirname(editor.folder), english.put);
    const dialog = editor.page.locator('.monaco-dialog-box');
    await dialog.locator('.monaco-button', { hasText: /^Open it here$/ }).click();
    await editor.page.waitForURL(/2-fan-out/, { timeout: 60_000 });
    const tabs = editor.page.locator('.tab', { hasText: '.py' });
    await tabs.first().waitFor({ timeout: 60_000 });
    await expect.poll(own.pageText, soon).toContain(second);
    await own.openView();
    await expect.poll(() => own.row('not run').count(), soon).toBeGreaterThan(0);
    await editor.screenshot('learn-elsewhere');
    // What was started before lies in another folder, and is found there.
    await own.row(english.exercise).first().click();
    await own.press('Open its folder');
    await dialog.locator('.monaco-button', { hasText: /^Open it here$/ }).click();
    await editor.page.waitForURL(/1-stalled-service/, { timeout: 60_000 });
    await editor.page.locator('.tab.active', { hasText: 'main.py' }).waitFor({ timeout: 60_000 });
    await expect.poll(own.pageText, soon).toContain(english.exercise);
  });
});

describe('in a folder that is not trusted, in high contrast, in Korean', () => {
  let editor: Editor;
  let remove: () => void = () => {};
  let own: ReturnType<typeof learner>;

  beforeAll(async () => {
    const settings = { 'workbench.colorTheme': 'Default High Contrast' };
    ({ editor, remove } = await launch('untrusted', 'ko', {}, { trust: false, settings }));
    own = learner(editor);
  });

  afterAll(async () => {
    await editor?.close();
    remove();
  });

  test('lessons and checks work, tests wait for trust', async () => {
    onTestFailed(async () => {
      await editor.screenshot('learn-untrusted-failed');
    });
    await editor.page.locator('.monaco-workbench.hc-black').waitFor();
    await own.openView();
    await own.row(korean.lesson).first().click();
    await expect.poll(own.pageText, soon).toContain('/health after 0.5 s');
    await editor.screenshot('learn-contrast-lesson');
    await own.row(korean.exercise).first().click();
    await own.press(korean.start);
    await own.chooseFolder(editor.folder, korean.put);
    await expect.poll(() => own.row(korean.left).count(), soon).toBe(1);
    await own.press(korean.run);
    const said = editor.page.locator('.notification-toast', { hasText: '신뢰' });
    await said.waitFor();
    await editor.screenshot('learn-contrast-untrusted');
    // Each row says to a screen reader what its icon shows.
    const row = own.row(korean.left).first();
    expect(await row.getAttribute('aria-label')).toContain('남음');
  });
});
