// From a line up to its routes and down to what it blocks on, in both languages.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, onTestFailed, test } from 'vitest';
import { type Editor, launchEditor } from './editor.ts';

const soon = { timeout: 20_000, interval: 100 };

const files: Readonly<Record<string, string>> = {
  'app/__init__.py': '',
  'app/main.py': `\
from fastapi import FastAPI

from app.reports import build, prepare
from app.routes import router

app = FastAPI()
app.include_router(router, prefix="/v1")


@app.get("/old/{month}")
def old_report(month: str) -> str:
    return build(month)


@app.get("/prepared")
def prepared() -> None:
    prepare()
`,
  'app/routes.py': `\
from fastapi import APIRouter

from app.reports import build

router = APIRouter(prefix="/reports")


@router.get("/{month}")
async def read_report(month: str) -> str:
    return build(month)
`,
  'app/reports.py': `\
import requests


def build(month: str) -> str:
    return load(month).upper()


def load(month: str) -> str:
    return requests.get(f"https://reports.example/{month}", timeout=5).text


def prepare() -> None:
    load("first")


def nobody() -> int:
    return 1
`,
};

interface Words {
  readonly command: string;
  readonly both: string;
  readonly thread: string;
  readonly unreached: string;
  readonly module: string;
  readonly onLoop: string;
  readonly inThread: string;
  readonly blocks: string;
}

const english: Words = {
  command: 'Why Does This Run on the Event Loop?',
  both: 'load runs on the event loop for some routes, in the thread pool for others',
  thread: 'prepare runs in the thread pool: it may block without holding up others',
  unreached: 'No route was found that reaches nobody',
  module: 'This line is in no function: it runs once, when the module is imported.',
  onLoop: 'On the event loop',
  inThread: 'In the thread pool',
  blocks: 'What it blocks on',
};

const korean: Words = {
  command: '이 코드가 이벤트 루프에서 실행되는 이유',
  both: 'load: 라우트에 따라 이벤트 루프에서도, 스레드 풀에서도 실행됩니다',
  thread: 'prepare: 스레드 풀에서 실행됩니다. 블로킹해도 다른 요청을 막지 않습니다',
  unreached: 'nobody: 여기에 닿는 라우트를 찾지 못했습니다',
  module: '이 줄은 함수 밖에 있습니다. 모듈을 임포트할 때 한 번만 실행됩니다.',
  onLoop: '이벤트 루프에서',
  inThread: '스레드 풀에서',
  blocks: '블로킹하는 호출',
};

describe.each([
  ['English', 'en', english],
  ['Korean', 'ko', korean],
] as const)('in %s', (_, locale, words) => {
  let source: string;
  let editor: Editor;

  const picture = (name: string) => editor.screenshot(`why-here-${locale}-${name}`);
  const pictureOnFailure = () => {
    onTestFailed(async ({ task }) => {
      await picture(`failed-${task.name.replace(/\W+/g, '-')}`);
    });
  };
  const list = () => editor.page.locator('.quick-input-widget');
  const rows = () => list().locator('.monaco-list-row');
  const shown = async () => (await rows().allTextContents()).join('\n');

  /** The command opens a list of its own where the palette was. */
  const ask = async (file: string, text: string) => {
    await editor.openFile(file);
    await editor.goTo(editor.lineOf(file, text), 5);
    await editor.page.keyboard.press('F1');
    const title = `FastAPI Mentor: ${words.command}`;
    await list().locator('input.input').fill(`>${title}`);
    await rows().filter({ hasText: title }).first().click();
    await editor.page.mouse.move(0, 0);
  };
  const message = (text: string) =>
    editor.page.locator('.notification-list-item-message', { hasText: text }).waitFor();
  const heading = (text: string) =>
    list().locator('.quick-input-title', { hasText: text }).waitFor();

  beforeAll(async () => {
    source = realpathSync(mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-why-')));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(source, file)), { recursive: true });
      writeFileSync(path.join(source, file), text);
    }
    editor = await launchEditor({ folder: source, vsix: inject('vsix'), locale });
  });

  afterAll(async () => {
    await editor?.close();
    rmSync(source, { recursive: true, force: true });
  });

  test('the folder is read', async () => {
    pictureOnFailure();
    // What two files say together is told once both were read.
    await editor.openFile('app/routes.py');
    await expect
      .poll(async () => (await editor.problems('async/blocking-chain')).length, soon)
      .toBe(1);
  });

  test('a line tells its routes, where it runs and what it blocks on, and goes there', async () => {
    pictureOnFailure();
    await ask('app/reports.py', 'return requests.get');
    await heading(words.both);
    await expect.poll(shown, soon).toContain('GET /v1/reports/{month}');
    const text = await shown();
    for (const part of [words.onLoop, words.inThread, words.blocks, 'GET /old/{month}'])
      expect(text).toContain(part);
    for (const part of ['read_report', 'build', 'app/routes.py:9', 'requests.get'])
      expect(text).toContain(part);
    await picture('routes');
    await rows().filter({ hasText: 'read_report' }).first().click();
    await editor.page.locator('.tab.active', { hasText: 'routes.py' }).waitFor();
    await editor.page.locator('#status\\.editor\\.selection', { hasText: /9/ }).waitFor();
    await picture('gone-there');
  });

  test('what only threads run says so', async () => {
    pictureOnFailure();
    await ask('app/reports.py', 'load("first")');
    await heading(words.thread);
    await picture('thread');
    await editor.page.keyboard.press('Escape');
  });

  test('where nothing reaches a line, and outside of functions, there is a kind word', async () => {
    pictureOnFailure();
    await ask('app/reports.py', 'return 1');
    await message(words.unreached);
    await ask('app/reports.py', 'import requests');
    await message(words.module);
    await picture('messages');
  });

  test('the call hierarchy goes up to the routes', async () => {
    pictureOnFailure();
    await editor.openFile('app/reports.py');
    await editor.goTo(editor.lineOf('app/reports.py', 'def build'), 5);
    // The view of callers stands where the files are.
    await editor.page.keyboard.press('Shift+Alt+h');
    const callers = editor.page.locator('.part.sidebar .monaco-list-row');
    const tree = async () => (await callers.allTextContents()).join('\n');
    await expect.poll(tree, soon).toContain('read_report');
    await callers.filter({ hasText: 'read_report' }).locator('.monaco-tl-twistie').click();
    await expect.poll(tree, soon).toContain('GET /v1/reports/{month}');
    await editor.page.mouse.move(0, 0);
    await picture('hierarchy');
  });
});
