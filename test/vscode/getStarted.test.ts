// The walkthrough, the snippets and the colours, as a person meets them.
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, onTestFailed, test } from 'vitest';
import { type Editor, launchEditor } from './editor.ts';

const sample = path.resolve(import.meta.dirname, '../../walkthroughs/get-started/sample');
const soon = { timeout: 30_000, interval: 100 };

function pictureOnFailure(editor: Editor): void {
  onTestFailed(async ({ task }) => {
    await editor.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`);
  });
}

const step = (editor: Editor, title: string) =>
  editor.page.locator('.getting-started-step', { hasText: title });

/** Whether a step is ticked, as a screen reader is told. */
const isDone = (editor: Editor, title: string) =>
  step(editor, title).locator('.codicon[role="checkbox"]').first().getAttribute('aria-checked');

/** The commands of an extension are there a moment after the window. */
async function pickCommand(editor: Editor, command: string): Promise<void> {
  const row = editor.page.locator('.quick-input-widget .monaco-list-row', { hasText: command });
  for (let attempt = 1; !(await row.first().isVisible()); attempt++) {
    if (attempt > 20) throw new Error(`No command ${command}`);
    await editor.page.keyboard.press('Escape');
    await editor.page.keyboard.press('F1');
    await editor.page.keyboard.insertText(command);
    await row
      .first()
      .waitFor({ timeout: 2000 })
      .catch(() => {});
  }
  await row.first().click();
}

async function openWalkthrough(editor: Editor, command: string): Promise<void> {
  await pickCommand(editor, command);
  await editor.page.locator('.getting-started-step').first().waitFor();
}

async function selectStep(editor: Editor, title: string): Promise<void> {
  const one = step(editor, title);
  if (!(await one.getAttribute('class'))?.includes('expanded')) await one.click();
  await expect.poll(() => one.getAttribute('class'), soon).toContain('expanded');
}

/** The picture or text beside the steps is a page in a frame: it is there when it has something in it. */
async function mediaShown(editor: Editor, text: string): Promise<void> {
  await expect.poll(() => editor.shownText(), soon).toContain(text);
}

const english = [
  ['Open a FastAPI project', 'teahouse'],
  ['See what was found', 'stops the event loop'],
  ['Mend one with a quick fix', 'Show rule'],
  ['Read why', 'What happens'],
  ['Make it yours', 'Only new code'],
  ['Check in the terminal', 'Exit code'],
] as const;

const korean = [
  ['FastAPI 프로젝트 열기', 'teahouse'],
  ['찾은 문제 보기', '이벤트 루프를 멈춥니다'],
  ['빠른 수정으로 하나 고치기', '규칙 보기'],
  ['이유 읽기', '무슨 일이 생기나'],
  ['내게 맞추기', '새 코드만 검사'],
  ['터미널과 CI에서 검사하기', '종료 코드'],
] as const;

describe('in English', () => {
  let editor: Editor;

  beforeAll(async () => {
    // Drawn on a canvas, the terminal's text could not be read.
    const settings = { 'terminal.integrated.gpuAcceleration': 'off' };
    editor = await launchEditor({ folder: sample, vsix: inject('vsix'), settings });
  });

  afterAll(async () => {
    await editor?.close();
  });

  test('every step of the walkthrough opens; the first is done where a project is open', async () => {
    pictureOnFailure(editor);
    await openWalkthrough(editor, 'FastAPI Mentor: Get Started');
    await expect.poll(() => isDone(editor, 'Open a FastAPI project'), soon).toBe('true');
    for (const [index, [title, text]] of english.entries()) {
      await selectStep(editor, title);
      await mediaShown(editor, text);
      await editor.screenshot(`get-started-${index + 1}`);
      if (index > 0) expect(await isDone(editor, title)).toBe('false');
    }
  });

  test('a finding that is shown completes its step', async () => {
    pictureOnFailure(editor);
    await selectStep(editor, 'See what was found');
    await editor.page
      .locator('.getting-started-step .monaco-button', { hasText: 'Show a Finding' })
      .click();
    await expect.poll(() => editor.tabs(), soon).toContain('main.py');
    await expect.poll(() => isDone(editor, 'See what was found'), soon).toBe('true');
    await expect.poll(() => editor.squiggles('error'), soon).toBeGreaterThan(0);
    await editor.screenshot('get-started-finding-shown');
  });

  test('a quick fix completes its step, a page that is read the next', async () => {
    pictureOnFailure(editor);
    await editor.runCommand('View: Close All Editors');
    await editor.openFile('main.py');
    await editor.goTo(editor.lineOf('main.py', 'time.sleep'));
    await expect.poll(() => editor.squiggles('error'), soon).toBeGreaterThan(0);
    await editor.applyQuickFix(editor.lineOf('main.py', 'time.sleep'), 'asyncio.sleep');
    await expect.poll(() => editor.editorText(), soon).toContain('await asyncio.sleep(3)');
    // Lines are counted in the file: it has to have the edit.
    await editor.page.keyboard.press('Control+s');
    const saved = () => readFileSync(path.join(editor.folder, 'main.py'), 'utf8');
    await expect.poll(saved, soon).toContain('asyncio.sleep');
    await editor.goTo(editor.lineOf('main.py', 'return HTTPException'), 12);
    await editor.runCommand('FastAPI Mentor: Show Rule');
    await expect.poll(() => editor.shownText(), soon).toContain('HTTPException');
    await openWalkthrough(editor, 'FastAPI Mentor: Get Started');
    await expect.poll(() => isDone(editor, 'Mend one'), soon).toBe('true');
    await expect.poll(() => isDone(editor, 'Read why'), soon).toBe('true');
    expect(await isDone(editor, 'Check in the terminal')).toBe('false');
  });

  test('the settings open at ours; a rule that is ignored somewhere completes the step', async () => {
    pictureOnFailure(editor);
    await selectStep(editor, 'Make it yours');
    const button = editor.page.locator('.getting-started-step .monaco-button');
    await button.filter({ hasText: 'Open the Settings' }).click();
    const ours = editor.page.locator('.settings-editor', { hasText: 'Fastapi Mentor' });
    await ours.first().waitFor();
    await editor.screenshot('get-started-settings');
    // They lie over the window; the first Escape is for their search.
    for (let attempt = 1; (await ours.count()) > 0 && attempt <= 5; attempt++) {
      await editor.page.keyboard.press('Escape');
      await ours
        .first()
        .waitFor({ state: 'hidden', timeout: 1000 })
        .catch(() => {});
    }
    await editor.runCommand('View: Close All Editors');
    await editor.openFile('main.py');
    await editor.goTo(editor.lineOf('main.py', 'return HTTPException'));
    await expect.poll(() => editor.squiggles('error'), soon).toBeGreaterThan(0);
    await editor.applyQuickFix(editor.lineOf('main.py', 'return HTTPException'), 'Ignore');
    await openWalkthrough(editor, 'FastAPI Mentor: Get Started');
    await expect.poll(() => isDone(editor, 'Make it yours'), soon).toBe('true');
  });

  test('a check in the terminal completes the last step and says what the editor says', async () => {
    pictureOnFailure(editor);
    await selectStep(editor, 'Check in the terminal');
    const button = editor.page.locator('.getting-started-step .monaco-button', {
      hasText: 'Check in the',
    });
    await button.click();
    await expect.poll(() => isDone(editor, 'Check in the terminal'), soon).toBe('true');
    const terminal = editor.page.locator('.terminal-wrapper .xterm-rows');
    await expect.poll(() => terminal.first().textContent(), soon).toMatch(/Found.\d+.errors/);
    await editor.screenshot('get-started-terminal');
  });

  test('{tea_id} in a path has a colour of its own', async () => {
    pictureOnFailure(editor);
    await editor.runCommand('View: Close All Editors');
    await editor.openFile('main.py');
    const line = editor.page.locator('.view-line', { hasText: '@app.get("/teas/{tea_id}")' });
    const classOf = async (text: string) => {
      const spans = await line
        .locator('span span')
        .evaluateAll((all) => all.map((each) => [each.textContent ?? '', each.className] as const));
      return spans.find(([shown]) => shown.includes(text))?.[1];
    };
    await expect.poll(() => classOf('tea_id'), soon).toMatch(/mtk/);
    expect(await classOf('tea_id')).not.toBe(await classOf('/teas/'));
    await editor.screenshot('path-parameter');
  });

  test('a snippet is offered by its name and goes in whole', async () => {
    pictureOnFailure(editor);
    await editor.openFile('payments.py');
    await editor.runCommand('Select All');
    await editor.page.keyboard.press('Delete');
    await editor.page.keyboard.type('fa-ws');
    const row = editor.page.locator('.suggest-widget .monaco-list-row', { hasText: 'fa-ws' });
    if (!(await row.first().isVisible())) await editor.page.keyboard.press('Control+Space');
    await row.first().waitFor();
    await editor.screenshot('snippet-offered');
    await editor.page.keyboard.press('Enter');
    await expect
      .poll(() => editor.editorText(), soon)
      .toContain(
        '@router.websocket("/ws/{room}")\nasync def chat(websocket: WebSocket, room: str)',
      );
    await editor.screenshot('snippet');
  });
});

describe('without a project, in a folder that is not trusted', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-empty-'));
  let editor: Editor;

  beforeAll(async () => {
    writeFileSync(path.join(folder, 'notes.txt'), 'nothing here\n');
    editor = await launchEditor({ folder, vsix: inject('vsix'), trust: false });
  });

  afterAll(async () => {
    await editor?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const put = async (place: string) => {
    const input = editor.page.locator('.quick-input-widget input.input');
    await input.waitFor();
    // It offers a folder of its own first, and would write over what is typed before.
    await expect.poll(() => input.inputValue(), soon).toContain(path.sep);
    const row = editor.page.locator('.quick-input-widget .monaco-list-row', { hasText: '..' });
    await row.first().waitFor();
    await input.fill(`${place}${path.sep}`);
    const button = editor.page.locator('.quick-input-widget .monaco-button');
    await button.filter({ hasText: 'Put the sample here' }).click();
  };

  test('the sample is copied, opened, and the walkthrough goes on in its window', async () => {
    pictureOnFailure(editor);
    await openWalkthrough(editor, 'FastAPI Mentor: Get Started');
    expect(await isDone(editor, 'Open a FastAPI project')).toBe('false');
    const button = editor.page.locator('.getting-started-step .monaco-button');
    await button.filter({ hasText: 'Open the Sample' }).click();
    await put(editor.folder);
    await editor.page.waitForURL(/fastapi-mentor-sample$/, { timeout: 60_000 });
    await editor.page.locator('.getting-started-step').first().waitFor({ timeout: 60_000 });
    await expect.poll(() => isDone(editor, 'Open a FastAPI project'), soon).toBe('true');
    const copied = path.join(editor.folder, 'fastapi-mentor-sample');
    expect(readdirSync(copied).sort()).toEqual(readdirSync(sample).sort());
    await editor.screenshot('get-started-sample');
  });

  test('a sample that is there is not overwritten without a question', async () => {
    pictureOnFailure(editor);
    const file = path.join(editor.folder, 'fastapi-mentor-sample', 'main.py');
    appendFileSync(file, '# mine\n');
    await pickCommand(editor, 'FastAPI Mentor: Open the Sample');
    await put(editor.folder);
    const dialog = editor.page.locator('.monaco-dialog-box', { hasText: 'fastapi-mentor-sample' });
    await dialog.waitFor();
    await editor.screenshot('get-started-overwrite');
    await editor.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(readFileSync(file, 'utf8')).toContain('# mine');
  });
});

describe('in Korean', () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await launchEditor({
      folder: sample,
      vsix: inject('vsix'),
      locale: 'ko',
      settings: { 'workbench.colorTheme': 'Default Dark Modern' },
    });
  });

  afterAll(async () => {
    await editor?.close();
  });

  test('every step of the walkthrough is said in Korean', async () => {
    pictureOnFailure(editor);
    await openWalkthrough(editor, 'FastAPI Mentor: 시작하기');
    await expect.poll(() => isDone(editor, 'FastAPI 프로젝트 열기'), soon).toBe('true');
    for (const [index, [title, text]] of korean.entries()) {
      await selectStep(editor, title);
      await mediaShown(editor, text);
      await editor.screenshot(`get-started-ko-${index + 1}`);
    }
  });
});
