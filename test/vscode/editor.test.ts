// What a person sees: the sample app opened in VS Code with the packaged extension.
import path from 'node:path';
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  onTestFailed,
  test,
} from 'vitest';
import { type Editor, launchEditor } from './editor.ts';

const sample = path.resolve(import.meta.dirname, '..', 'sample');
const soon = { timeout: 30_000, interval: 100 };

function pictureOnFailure(editor: Editor): void {
  onTestFailed(async ({ task }) => {
    await editor.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`);
  });
}

describe('the sample app', () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await launchEditor({ folder: sample, vsix: inject('vsix') });
  });

  afterAll(async () => {
    await editor?.close();
  });

  // A rule's page splits the window; every test begins with an empty one.
  beforeEach(() => editor.runCommand('View: Close All Editors'));

  const headline = [
    {
      file: 'app/routers/books.py',
      text: 'requests.get(',
      code: 'async/blocking-http',
      kind: 'error',
    },
    {
      file: 'app/routers/books.py',
      text: 'session.execute(',
      code: 'database/n-plus-one',
      kind: 'warning',
    },
    {
      file: 'app/routers/users.py',
      text: '"/{user_id}"',
      code: 'response/missing-response-model',
      kind: 'info',
    },
    {
      file: 'app/services/tokens.py',
      text: 'SECRET_KEY = ',
      code: 'security/hardcoded-secret',
      kind: 'error',
    },
  ] as const;

  test.for(headline)('$code is underlined and listed', async ({ file, text, code, kind }) => {
    pictureOnFailure(editor);
    await editor.openFile(file);
    const line = editor.lineOf(file, text);
    await editor.goTo(line);
    await expect.poll(() => editor.squiggles(kind), soon).toBeGreaterThan(0);
    const row = expect.stringMatching(
      new RegExp(`fastapi-mentor\\(${code}\\) \\[Ln ${line}, Col \\d+\\]$`),
    );
    await expect.poll(() => editor.problems(code), soon).toContainEqual(row);
    await editor.screenshot(code.replace('/', '-'));
  });

  test('the rule opens from its finding', async () => {
    pictureOnFailure(editor);
    const file = 'app/routers/orders.py';
    await editor.openFile(file);
    await editor.goTo(editor.lineOf(file, 'time.sleep'), 5);
    await expect.poll(() => editor.squiggles('error'), soon).toBeGreaterThan(0);
    await editor.runCommand('FastAPI Mentor: Show Rule');
    await expect.poll(() => editor.shownText(), soon).toContain('async/blocking-sleep');
    await editor.screenshot('rule-page');
  });

  test('the rule opens from the link that its code is', async () => {
    pictureOnFailure(editor);
    const code = 'security/hardcoded-secret';
    await editor.openFile('app/services/tokens.py');
    const row = expect.stringContaining(`fastapi-mentor(${code})`);
    await expect.poll(() => editor.problems(code), soon).toContainEqual(row);
    await editor.followCode(code);
    await expect.poll(() => editor.shownText(), soon).toContain(code);
  });

  test('a quick fix mends its finding', async () => {
    pictureOnFailure(editor);
    const file = 'app/routers/orders.py';
    const code = 'async/blocking-sleep';
    await editor.openFile(file);
    const row = expect.stringContaining(`fastapi-mentor(${code})`);
    await expect.poll(() => editor.problems(code), soon).toContainEqual(row);

    await editor.applyQuickFix(editor.lineOf(file, 'time.sleep'), 'asyncio.sleep');
    await expect.poll(() => editor.problems(code), soon).not.toContainEqual(row);
    await expect.poll(() => editor.editorText(), soon).toContain('await asyncio.sleep(2)');
    await expect.poll(async () => (await editor.problems()).length, soon).toBeGreaterThan(0);
    await editor.screenshot('quick-fix');
  });
});
