// What the tests of learning share: an editor on a folder of its own, and what a person does with the Learn view.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { expect, inject } from 'vitest';
import { type Editor, type LaunchOptions, launchEditor } from './editor.ts';

export const soon = { timeout: 30_000, interval: 100 };

/** An editor on a folder of its own. */
export async function launch(
  name: string,
  locale: 'en' | 'ko',
  environment: Readonly<Record<string, string>> = {},
  more: Partial<LaunchOptions> = {},
) {
  const source = path.join(mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-learn-')), name);
  mkdirSync(source);
  writeFileSync(path.join(source, 'notes.txt'), 'nothing here\n');
  const editor = await launchEditor({
    folder: source,
    vsix: inject('vsix'),
    locale,
    environment,
    ...more,
    settings: { 'files.autoSave': 'off', ...more.settings },
  });
  return { editor, remove: () => rmSync(path.dirname(source), { recursive: true, force: true }) };
}

/** What the tests have to do with. A chapter where nobody is at work is closed. */
const chapters = /Asynchronous programming|비동기 프로그래밍|Async databases|비동기 데이터베이스/;

/** What a person does with the Learn view and its pages. */
export function learner(editor: Editor) {
  const { page } = editor;
  const row = (text: string | RegExp): Locator =>
    page.locator('.part.sidebar .monaco-list-row', { hasText: text });
  const frames = (): readonly Frame[] =>
    page.frames().filter((frame) => /^(active|pending)-frame$/.test(frame.name()));
  /** The page of the reader: it has its id. */
  const shown = async (): Promise<Frame | undefined> => {
    for (const frame of frames()) {
      const isOurs = await frame
        .locator('body[data-page]')
        .count()
        .catch(() => 0);
      if (isOurs > 0 && (await (await frame.frameElement()).isVisible())) return frame;
    }
    return undefined;
  };
  const pageText = async () =>
    (await (
      await shown()
    )
      ?.locator('body')
      .innerText()
      .catch(() => '')) ?? '';
  const press = async (link: string) => {
    await expect.poll(pageText, soon).toContain(link);
    const frame = await shown();
    await frame?.locator('a', { hasText: link }).first().click();
  };
  const openView = async () => {
    const icon = page.locator('.activitybar .action-label[aria-label^="FastAPI Mentor"]');
    await icon.first().waitFor();
    if (!(await page.locator('.part.sidebar', { hasText: 'FastAPI Mentor' }).isVisible()))
      await icon.first().click();
    await page.locator('.part.sidebar .monaco-list-row').first().waitFor();
    const closed = page.locator('[aria-expanded="false"]').and(row(chapters));
    await row(chapters).first().waitFor();
    // A view that is being filled anew forgets what was opened a moment before.
    let looksWithNoneClosed = 0;
    const look = async () => {
      const isOneClosed = (await closed.count()) > 0;
      looksWithNoneClosed = isOneClosed ? 0 : looksWithNoneClosed + 1;
      if (isOneClosed) await closed.first().click();
      return looksWithNoneClosed;
    };
    await expect.poll(look, { ...soon, interval: 200 }).toBeGreaterThan(3);
  };
  /** In a dialog that asks for a place in the file system; a folder ends in a separator. */
  const choosePlace = async (place: string, button: string | RegExp) => {
    const input = page.locator('.quick-input-widget input.input');
    await input.waitFor();
    // It offers a folder of its own first, and would write over what is typed before.
    await expect.poll(() => input.inputValue(), soon).toContain(path.sep);
    await page.locator('.quick-input-widget .monaco-list-row', { hasText: '..' }).first().waitFor();
    await input.fill(place);
    const ok = page.locator('.quick-input-widget .monaco-button', { hasText: button });
    // While it looks at the folder it takes no answer.
    const isGone = async () => {
      await ok.click({ timeout: 1000 }).catch(() => {});
      return !(await ok.isVisible());
    };
    await expect.poll(isGone, soon).toBe(true);
  };
  const chooseFolder = (place: string, button: string) =>
    choosePlace(`${place}${path.sep}`, button);
  const toast = (text: string): Locator => page.locator('.notification-toast', { hasText: text });
  const closeToasts = () => editor.runCommand('Notifications: Clear All Notifications');
  /** The lines of the checklist on an exercise's page: whether it is ticked, and what it says. */
  const checklist = async (): Promise<readonly { isDone: boolean; text: string }[]> => {
    const frame = await shown();
    const lines =
      (await frame
        ?.locator('main li')
        .allInnerTexts()
        .catch(() => [])) ?? [];
    return lines.map((line) => ({ isDone: line.startsWith('☑'), text: line.slice(2) }));
  };
  /** Puts a text in the place of a whole file, from the clipboard as people do; it is not saved. */
  const pasteOver = async (file: string, text: string) => {
    await editor.openFile(file);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate((given) => navigator.clipboard.writeText(given), text);
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+v');
    const last = text.trimEnd().split('\n').at(-1) ?? '';
    await expect.poll(() => editor.editorText(), soon).toContain(last);
  };
  return {
    row,
    pageText,
    press,
    openView,
    choosePlace,
    chooseFolder,
    shown,
    toast,
    closeToasts,
    checklist,
    pasteOver,
  };
}
