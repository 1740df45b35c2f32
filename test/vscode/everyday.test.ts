// A day's work in the editor, in both languages: the second in a folder that is not trusted.
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, onTestFailed, test } from 'vitest';
import { type Editor, launchEditor } from './editor.ts';

const soon = { timeout: 10_000, interval: 100 };

const files: Readonly<Record<string, string>> = {
  'app/__init__.py': '',
  'app/late.py': 'from time import sleep as pause\n',
  'app/orders.py': `\
import time

import requests
from fastapi import APIRouter

from app.late import pause

router = APIRouter(prefix="/orders")


@router.post("/{order_id}/pay")
async def pay(order_id: int) -> dict[str, bool]:
    time.sleep(1)
    return {"paid": True}


@router.get("/{order_id}/label")
async def label(order_id: int) -> dict[str, int]:
    answer = requests.get("https://labels.example/1")
    return {"status": answer.status_code}


@router.get("/{order_id}/price")
async def price(order_id: int) -> dict[str, float]:
    pause(1)
    return {"price": 1.0}


@router.get("/{order_id}")
async def one(order_id: int) -> dict[str, int]:
    return {"id": order_id}  # mentor: ignore[async/blocking-http]
`,
  'app/teas.py': `\
from fastapi import APIRouter

router = APIRouter(prefix="/teas")


@router.get("/{tea_id}")
async def one_tea(tea_id: int):
    return {"name": "black", "id": tea_id}


@router.get("/{tea_id}/leaves")
async def leaves(tea_id: int):
    return {"leaves": "green", "id": tea_id}


@router.get("/{tea_id}/origin")
async def origin(tea_id: int):
    return {"origin": "Boseong", "id": tea_id}
`,
  'app/saved.py': `\
import time

from fastapi import APIRouter

router = APIRouter()


@router.get("/saved")
async def saved() -> None:
    time.sleep(2)
`,
  'pyproject.toml': `\
[project]
name = "tearoom"
dependencies = ["fastapi==0.115.12"]
`,
};

const configured = `${files['pyproject.toml']}
[tool.fastapi-mentor]
ignoer = ["async/blocking-file-io"]
`;

interface Words {
  readonly sleeps: string;
  readonly await: string;
  readonly ignoreHere: string;
  readonly ignoreInFile: string;
  readonly showRule: string;
  readonly unused: string;
  readonly removeUnused: string;
  readonly more: string;
  readonly unknownKey: string;
  readonly changeTo: string;
  readonly page: readonly string[];
  /** A link at the end of the page, and what it opens. */
  readonly lesson: readonly [link: string, title: string];
  readonly analysed: string;
  readonly hidden: RegExp;
  readonly showAll: string;
  readonly accepted: string;
  readonly commands: { readonly [name in 'rule' | 'new' | 'all' | 'output' | 'start']: string };
}

const english: Words = {
  sleeps: 'stops the event loop',
  await: 'Use `await asyncio.sleep(...)`',
  ignoreHere: 'Ignore async/blocking-sleep on this line',
  ignoreInFile: 'Ignore async/blocking-sleep in this file',
  showRule: 'Show rule: async/blocking-sleep',
  unused: 'the comment suppresses nothing',
  removeUnused: 'Remove the unused suppression',
  more: '(and 2 more in this file)',
  unknownKey: 'Unknown key "ignoer"; did you mean "ignore"?',
  changeTo: 'Change to "ignore"',
  page: ['What it flags', 'await asyncio.sleep(2)'],
  lesson: ['Expert 04 · Asynchronous programming', 'One loop for everybody'],
  analysed: 'FastAPI Mentor: 5 files analysed',
  hidden: /only new code: \d+ hidden/,
  showAll: 'Show all',
  accepted: 'Only new code is checked from now on. Findings hidden: 5',
  commands: {
    rule: 'Show Rule',
    new: 'Only New Code',
    all: 'Show All Findings Again',
    output: 'Show Output',
    start: 'Get Started',
  },
};

const korean: Words = {
  sleeps: '이벤트 루프를 멈춥니다',
  await: '`await asyncio.sleep(...)` 사용',
  ignoreHere: '이 줄에서 async/blocking-sleep 무시',
  ignoreInFile: '이 파일에서 async/blocking-sleep 무시',
  showRule: '규칙 보기: async/blocking-sleep',
  unused: '이 주석은 아무것도 숨기지 않습니다',
  removeUnused: '쓰이지 않는 주석 지우기',
  more: '(이 파일에 2건 더 있음)',
  unknownKey: '알 수 없는 키 "ignoer". "ignore" 아닌가요?',
  changeTo: '"ignore"(으)로 바꾸기',
  page: ['찾아내는 코드', 'await asyncio.sleep(2)'],
  lesson: ['전문가 04 · 비동기 프로그래밍', '모두가 함께 쓰는 이벤트 루프'],
  analysed: 'FastAPI Mentor: 파일 5개 분석됨',
  hidden: /새 코드만 검사: \d+건 숨김/,
  showAll: '모두 보기',
  accepted: '이제부터 새 코드만 검사합니다. 결과 5건을 숨겼습니다.',
  commands: {
    rule: '규칙 보기',
    new: '새 코드만 검사',
    all: '모든 결과 다시 보기',
    output: '출력 보기',
    start: '시작하기',
  },
};

describe.each([
  ['English', 'en', english, true],
  ['Korean', 'ko', korean, false],
] as const)('in %s', (_, locale, words, trust) => {
  let source: string;
  let editor: Editor;

  const picture = (name: string) => editor.screenshot(`everyday-${locale}-${name}`);
  const pictureOnFailure = () => {
    onTestFailed(async ({ task }) => {
      await picture(`failed-${task.name.replace(/\W+/g, '-')}`);
    });
  };
  const onDisk = (file: string) => path.join(editor.folder, file);
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(onDisk(file)), { recursive: true });
    writeFileSync(onDisk(file), text);
  };
  const run = (command: keyof Words['commands']) =>
    editor.runCommand(`FastAPI Mentor: ${words.commands[command]}`);
  /** The problems of a rule, one after another. */
  const told = async (rule: string) => (await editor.problems(rule)).join('\n');
  const isShown = async (line: string) => (await editor.editorText()).split('\n').includes(line);

  const openActions = async (expected: string) => {
    const rows = editor.page.locator('.action-widget .monaco-list-row');
    const row = rows.filter({ hasText: expected }).first();
    // The list closes when findings still move under it.
    for (let attempt = 1; !(await row.isVisible()) && attempt <= 5; attempt++) {
      await editor.page.keyboard.press('Control+.');
      await row.waitFor({ timeout: 3000 }).catch(() => editor.page.keyboard.press('Escape'));
    }
    return rows;
  };

  /** What a page has for its reader; while it is still being put together there is nothing to see. */
  const pageText = async () => {
    const frames = editor.page
      .frames()
      .filter((frame) => /^(active|pending)-frame$/.test(frame.name()));
    const texts = frames.map(async (frame) =>
      (await (await frame.frameElement()).isVisible()) ? frame.locator('body').innerText() : '',
    );
    // A page that is being replaced has no text any more, and that is no failure.
    return (await Promise.all(texts.map((text) => text.catch(() => '')))).join('\n');
  };

  /** From a page, by its key; a page that has just opened may not listen yet. Says where the cursor is. */
  const backToCode = async () => {
    const place = editor.page.locator('#status\\.editor\\.selection');
    const isBack = async () => {
      await editor.page.keyboard.press('Control+1');
      return place.isVisible();
    };
    await expect.poll(isBack, soon).toBe(true);
    return place.textContent();
  };

  /** What the status bar's menu of the language says. */
  const statusMenu = async () => {
    const entry = editor.page.locator('#status\\.languageStatus');
    const menu = editor.page.locator('.hover-language-status');
    if (!(await menu.first().isVisible())) {
      await editor.page.mouse.move(0, 0);
      await entry.click();
      await menu
        .first()
        .waitFor({ timeout: 2000 })
        .catch(() => {});
    }
    // It fades in; a picture would show half of it.
    await expect
      .poll(() => editor.page.locator('.workbench-hover-container').first().evaluate(isStill), soon)
      .toBe(true);
    return (await menu.allTextContents()).join('\n');
  };

  beforeAll(async () => {
    source = realpathSync(mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-tearoom-')));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(source, file)), { recursive: true });
      writeFileSync(path.join(source, file), text);
    }
    editor = await launchEditor({
      folder: source,
      vsix: inject('vsix'),
      locale,
      trust,
      settings: {
        'editor.codeActionsOnSave': { 'source.fixAll.fastapiMentor': 'explicit' },
        'files.autoSave': 'off',
      },
    });
  });

  afterAll(async () => {
    await editor?.close();
    rmSync(source, { recursive: true, force: true });
  });

  test('findings and what can be done about them', async () => {
    pictureOnFailure();
    await editor.openFile('app/orders.py');
    await expect.poll(() => told('async/blocking-sleep'), soon).toContain(words.sleeps);
    await expect
      .poll(() => told('async/blocking-sleep'), soon)
      .toContain(`[Ln ${editor.lineOf('app/orders.py', 'pause(1)')}, Col 5]`);
    await editor.goTo(editor.lineOf('app/orders.py', 'time.sleep'), 5);
    const rows = await openActions(words.await);
    const titles = (await rows.allTextContents()).join('\n');
    for (const title of ['await', 'showRule', 'ignoreHere', 'ignoreInFile'] as const) {
      expect(titles).toContain(words[title]);
    }
    await picture('actions');
    await editor.page.keyboard.press('Escape');
  });

  test('a finding is ignored on its line', async () => {
    pictureOnFailure();
    const line = editor.lineOf('app/orders.py', 'time.sleep');
    await editor.applyQuickFix(line, words.ignoreHere);
    await expect
      .poll(() => isShown('    time.sleep(1)  # mentor: ignore[async/blocking-sleep]'), soon)
      .toBe(true);
    await expect
      .poll(() => told('async/blocking-sleep'), soon)
      .not.toContain(`[Ln ${line}, Col 5]`);
    await picture('ignored');
  });

  test('a comment that silences nothing is faded, and goes', async () => {
    pictureOnFailure();
    await editor.goTo(editor.lineOf('app/orders.py', 'ignore[async/blocking-http]'), 40);
    await expect
      .poll(() => editor.page.locator('.squiggly-inline-unnecessary').count(), soon)
      .toBeGreaterThan(0);
    await openActions(words.removeUnused);
    await picture('unused');
    await editor.page.keyboard.press('Enter');
    await expect.poll(() => isShown('    return {"id": order_id}'), soon).toBe(true);
    await expect
      .poll(() => editor.page.locator('.squiggly-inline-unnecessary').count(), soon)
      .toBe(0);
  });

  test('what is told quietly is told once a file', async () => {
    pictureOnFailure();
    await editor.openFile('app/teas.py');
    await expect.poll(() => told('response/missing-response-model'), soon).toContain(words.more);
    expect(await editor.problems('response/missing-response-model')).toHaveLength(1);
    await picture('folded');
  });

  test('a setting acts at once', async () => {
    pictureOnFailure();
    const rule = 'response/missing-response-model';
    const level = (value: string) =>
      write(
        '.vscode/settings.json',
        JSON.stringify({
          'fastapiMentor.preset': 'strict',
          'fastapiMentor.levels': { [rule]: value },
        }),
      );
    level('warning');
    await expect.poll(async () => (await editor.problems(rule)).length, soon).toBe(3);
    expect(await editor.squiggles('warning')).toBeGreaterThan(0);
    await picture('level-warning');
    level('off');
    await expect.poll(() => editor.problems(rule), soon).toEqual([]);
    rmSync(onDisk('.vscode/settings.json'));
    await expect.poll(() => told(rule), soon).toContain(words.more);
  });

  test('a mistake in pyproject.toml is shown and mended', async () => {
    pictureOnFailure();
    write('pyproject.toml', configured);
    await expect.poll(() => told('mentor/configuration'), soon).toContain(words.unknownKey);
    await editor.openFile('pyproject.toml');
    await expect.poll(() => editor.squiggles('warning'), soon).toBe(1);
    await editor.goTo(editor.lineOf('pyproject.toml', 'ignoer'), 3);
    await openActions(words.changeTo);
    await picture('pyproject');
    await editor.page.keyboard.press('Enter');
    await expect.poll(() => isShown('ignore = ["async/blocking-file-io"]'), soon).toBe(true);
    await expect.poll(() => editor.problems('mentor/configuration'), soon).toEqual([]);
    await editor.page.keyboard.press('Control+s');
    await expect
      .poll(() => readFileSync(onDisk('pyproject.toml'), 'utf8'), soon)
      .toContain('ignore = ');
  });

  test('saving mends what is safe', async () => {
    pictureOnFailure();
    await editor.openFile('app/saved.py');
    await expect.poll(() => editor.squiggles('error'), soon).toBe(1);
    await editor.page.keyboard.press('Control+s');
    await expect
      .poll(() => readFileSync(onDisk('app/saved.py'), 'utf8'), soon)
      .toContain('    await asyncio.sleep(2)');
    expect(readFileSync(onDisk('app/saved.py'), 'utf8')).toMatch(/^import asyncio$/m);
    await expect.poll(() => editor.squiggles('error'), soon).toBe(0);
    await picture('saved');
  });

  test('the page of a rule, with its code, and back, by the keyboard alone', async () => {
    pictureOnFailure();
    await editor.openFile('app/orders.py');
    await editor.goTo(1);
    await expect.poll(() => editor.squiggles('error'), soon).toBeGreaterThan(0);
    await editor.page.keyboard.press('Alt+F8');
    const peek = editor.page.locator('.marker-widget');
    await peek.waitFor();
    await picture('next-problem');
    await editor.page.keyboard.press('Escape');
    const line = editor.lineOf('app/orders.py', 'pause(1)');
    await editor.goTo(line, 5);
    const rows = await openActions(words.showRule);
    const chosen = rows.and(editor.page.locator('.focused'));
    for (let step = 1; step <= 10; step++) {
      if ((await chosen.textContent())?.includes(words.showRule)) break;
      await editor.page.keyboard.press('ArrowDown');
    }
    await editor.page.keyboard.press('Enter');
    for (const text of words.page) await expect.poll(pageText, soon).toContain(text);
    await picture('page');
    expect(await backToCode()).toContain(`Ln ${line}`);
    await editor.runCommand('View: Close Editors in Other Groups');
  });

  test('from the page of a rule to the lesson about it', async () => {
    pictureOnFailure();
    await editor.goTo(editor.lineOf('app/orders.py', 'pause(1)'), 5);
    await run('rule');
    await expect.poll(pageText, soon).toContain(words.lesson[0]);
    const links = editor.page.frames().map((frame) => frame.getByText(words.lesson[0]));
    for (const link of links) if (await link.count()) await link.first().click();
    await expect.poll(pageText, soon).toContain(words.lesson[1]);
    await picture('lesson-of-the-rule');
    await backToCode();
    await editor.runCommand('View: Close Editors in Other Groups');
  });

  test('the status item and the output', async () => {
    pictureOnFailure();
    await expect.poll(statusMenu, soon).toContain(words.analysed);
    expect(await statusMenu()).toContain('fastapi 0.115.12');
    await picture('status');
    await editor.page.keyboard.press('Escape');
    await run('output');
    // This VS Code keeps no logs, so that ours is chosen is all there is to see.
    const channel = editor.page.locator('.part.panel .monaco-select-box, .part.panel select');
    await expect.poll(() => channel.first().textContent(), soon).toContain('FastAPI Mentor');
    await picture('output');
  });

  test('only new code: the wall goes, what is new stays, also when the server dies', async () => {
    pictureOnFailure();
    await run('new');
    await editor.page.locator('.notification-toast', { hasText: words.accepted }).waitFor();
    await expect.poll(() => editor.problems('async/'), soon).toEqual([]);
    await picture('accepted');
    const line = editor.lineOf('app/orders.py', 'return {"paid": True}');
    await editor.goTo(line, 5);
    await editor.type('time.sleep(9)\n');
    await expect
      .poll(() => editor.problems('async/'), soon)
      .toEqual([expect.stringContaining(`(async/blocking-sleep) [Ln ${line}, Col 5]`)]);
    await expect.poll(statusMenu, soon).toMatch(words.hidden);
    expect(await statusMenu()).toContain(words.showAll);
    await picture('only-new');
    await editor.page.keyboard.press('Escape');

    const before = serverOf(editor);
    expect(before).toHaveLength(1);
    for (const pid of before) process.kill(pid, 'SIGKILL');
    await expect
      .poll(() => serverOf(editor).filter((pid) => !before.includes(pid)), soon)
      .toHaveLength(1);
    await expect.poll(statusMenu, soon).toContain(words.analysed);
    await expect.poll(statusMenu, soon).toMatch(words.hidden);
    await editor.page.keyboard.press('Escape');
    await editor.goTo(line + 1, 5);
    await editor.type('pause(2)\n');
    await expect.poll(async () => (await editor.problems('async/')).length, soon).toBe(2);
    await picture('after-crash');

    await run('all');
    await expect.poll(() => told('async/'), soon).toContain('async/blocking-http');
    await picture('all-again');
  });

  test('in high contrast: the page of a rule, the walkthrough, and what they tell a screen reader', async () => {
    pictureOnFailure();
    const theme = JSON.stringify({ 'workbench.colorTheme': 'Default High Contrast' });
    write('.vscode/settings.json', theme);
    await editor.page.locator('.monaco-workbench.hc-black').waitFor();
    await editor.goTo(1);
    await editor.page.keyboard.press('Alt+F8');
    await editor.page.locator('.marker-widget').waitFor();
    await editor.page.keyboard.press('Escape');
    await run('rule');
    await expect.poll(pageText, soon).toContain('async/blocking-sleep');
    await picture('contrast-page');
    await backToCode();
    await editor.runCommand('View: Close Editors in Other Groups');
    await run('start');
    const steps = editor.page.locator('.getting-started-step');
    await steps.first().waitFor();
    expect(await steps.count()).toBe(6);
    for (const step of await steps.all()) {
      const box = step.locator('[role="checkbox"]').first();
      const title = await step.locator('.step-title').first().textContent();
      expect(await box.getAttribute('aria-label')).toContain(title ?? '?');
    }
    await picture('contrast-walkthrough');
    await editor.runCommand('View: Close Editor');
    rmSync(onDisk('.vscode/settings.json'));
    await editor.page.locator('.monaco-workbench.vs').waitFor();
    const status = editor.page.locator('#status\\.languageStatus');
    expect(await status.locator('[aria-label]').first().getAttribute('aria-label')).toBeTruthy();
  });

  test('files that come, get another name and go on disk', async () => {
    pictureOnFailure();
    await editor.openFile('app/orders.py');
    const row = () => told('`pause`');
    await expect.poll(row, soon).toContain(words.sleeps);
    renameSync(onDisk('app/late.py'), onDisk('app/later.py'));
    await expect.poll(row, soon).toBe('');
    write('app/late.py', files['app/late.py'] ?? '');
    await expect.poll(row, soon).toContain(words.sleeps);
    rmSync(onDisk('app/late.py'));
    await expect.poll(row, soon).toBe('');
    await picture('file-deleted');
  });
});

/** Runs in the page. */
function isStill(element: Element): boolean {
  return element.getAnimations({ subtree: true }).every(({ playState }) => playState !== 'running');
}

/** The language server of this editor alone: its home is in the command line. */
function serverOf(editor: Editor): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter(
      (line) => line.includes('server.node.cjs') && line.includes(path.dirname(editor.folder)),
    )
    .map((line) => Number.parseInt(line, 10));
}
