// Drives a real VS Code the way a person does: through what the window shows.
// Every helper waits for its effect to be visible; none waits for a fixed time.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { installChromium } from './install.mjs';
import { folderUrl, type Server, startServer } from './server.ts';

export interface LaunchOptions {
  /** Copied first, so that no test writes into the repository. */
  folder: string;
  vsix: string;
  /** More packaged extensions, such as the one that carries the extension host suite. */
  extensions?: readonly string[];
  locale?: 'en' | 'ko';
  /** Default: the folder is trusted. */
  trust?: boolean;
  settings?: Readonly<Record<string, unknown>>;
  windowSize?: { width: number; height: number };
  environment?: Readonly<Record<string, string>>;
}

export type SquiggleKind = 'error' | 'warning' | 'info' | 'hint';

export interface Editor {
  page: Page;
  /** The copy of the folder that is open. */
  folder: string;
  /** Opens a file by its path in the folder and waits until its language is known. */
  openFile(file: string): Promise<void>;
  /**
   * The visible rows of the Problems panel for this filter text, as `Error: message source(code)
   * [Ln 1, Col 1]`. The filter takes effect a moment later: poll.
   */
  problems(filter?: string): Promise<string[]>;
  /** Follows the link that the code of a shown problem is. */
  followCode(code: string): Promise<void>;
  /** How many squiggles of this kind the visible part of the file has. */
  squiggles(kind: SquiggleKind): Promise<number>;
  /** Runs the command with exactly this title in the command palette. */
  runCommand(title: string): Promise<void>;
  /** The same for one that asks for something in the place where the palette was. */
  runAskingCommand(title: string): Promise<void>;
  /** Puts the cursor there; both are 1-based. */
  goTo(line: number, column?: number): Promise<void>;
  /** Opens the quick fixes of a line and takes the first whose title contains `title`. */
  applyQuickFix(line: number, title: string): Promise<void>;
  /** Types at the cursor. */
  type(text: string): Promise<void>;
  /** The visible part of the active file, as shown. */
  editorText(): Promise<string>;
  /** What the active tab shows, be it a text or a page such as a Markdown preview. */
  shownText(): Promise<string>;
  /** The 1-based number of the first line on disk that contains `text`. Throws when there is none. */
  lineOf(file: string, text: string): number;
  /** The names on the open tabs. */
  tabs(): Promise<string[]>;
  /** Saves a picture as test-results/<name>.png and gives its path. */
  screenshot(name: string): Promise<string>;
  /** Ends the server and the browser and removes everything they wrote. */
  close(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, '..', '..');
const ready = 60_000;

export async function launchEditor(options: LaunchOptions): Promise<Editor> {
  const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-editor-')));
  const folder = path.join(home, path.basename(options.folder));
  let server: Server | undefined;
  let browser: Browser | undefined;
  const removeHome = () =>
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  const close = async () => {
    await browser?.close();
    await server?.close();
    process.off('exit', removeHome);
    removeHome();
  };
  try {
    cpSync(options.folder, folder, { recursive: true });
    server = await startServer({
      home,
      extensions: [options.vsix, ...(options.extensions ?? [])],
      // A page that opens late takes the focus; the list that is being typed into stays.
      settings: { 'workbench.quickOpen.closeOnFocusLost': false, ...options.settings },
      trust: options.trust ?? true,
      environment: options.environment ?? {},
      idleSeconds: 300,
      say: () => {},
    });
    // For a run that is cut short; after the server's own listener, which ends it.
    process.once('exit', removeHome);
    browser = await startBrowser();
    const page = await openWindow(browser, server, folder, options);
    return { page, folder, ...helpers(page, folder), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startBrowser(): Promise<Browser> {
  const switches = ['gpu', 'quic', 'background-networking', 'component-update', 'sync'];
  return chromium.launch({
    executablePath: await installChromium(() => {}),
    args: ['--no-first-run', '--no-sandbox', ...switches.map((name) => `--disable-${name}`)],
  });
}

async function openWindow(
  browser: Browser,
  server: Server,
  folder: string,
  { locale = 'en', windowSize = { width: 1600, height: 1000 } }: LaunchOptions,
): Promise<Page> {
  const context = await browser.newContext({ viewport: windowSize });
  if (locale !== 'en') await setLocale(context, server.url, locale);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(folderUrl(server, folder));
  const files = page.locator('.explorer-folders-view .monaco-list-row');
  await files.first().waitFor({ timeout: ready });
  return page;
}

/** VS Code in a browser reads its language from this cookie, extensions from the global. */
async function setLocale(context: BrowserContext, url: string, locale: string): Promise<void> {
  await context.addCookies([{ name: 'vscode.nls.locale', value: locale, url }]);
  await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(locale)};`);
}

function helpers(page: Page, folder: string): Omit<Editor, 'page' | 'folder' | 'close'> {
  const group = page.locator('.editor-group-container.active');
  const lines = group.locator('.view-lines');
  const input = page.locator('.quick-input-widget input.input');
  const choices = page.locator('.quick-input-widget .monaco-list-row');

  const quickInput = async (key: string, text: string) => {
    await page.keyboard.press(key);
    await input.waitFor();
    await input.fill(text);
  };

  const openFile = async (file: string) => {
    await quickInput('Control+p', path.join(folder, file));
    // Before the search is done the list shows recent files: only the chosen row counts.
    const chosen = page.locator('.quick-input-widget .monaco-list-row.focused');
    const name = page.locator('.label-name', { hasText: exactly(path.basename(file)) });
    const parent = file.split('/').at(-2) ?? '';
    await chosen.filter({ has: name, hasText: parent }).waitFor();
    await page.keyboard.press('Enter');
    await group.locator('.tab.active', { hasText: path.basename(file) }).waitFor();
    await input.waitFor({ state: 'hidden' });
    if (!file.endsWith('.py')) return;
    await page
      .locator('#status\\.editor\\.mode', { hasText: 'Python' })
      .waitFor({ timeout: ready });
    // Colours come from the grammar: a token of another kind than plain text means it is there.
    const coloured = lines.locator('span[class*="mtk"]:not(.mtk1)').first();
    await coloured.waitFor({ timeout: ready });
  };

  const runAskingCommand = async (title: string) => {
    await quickInput('F1', `>${title}`);
    const label = page.locator('.label-name', { hasText: exactly(title) });
    await choices.filter({ has: label }).first().click();
  };

  const runCommand = async (title: string) => {
    await runAskingCommand(title);
    // Where the list was, something else now reacts to the pointer.
    await page.mouse.move(0, 0);
    await input.waitFor({ state: 'hidden' });
  };

  /** A closing list gives the keyboard back a moment later; keys pressed before that are lost. */
  const focused = () => group.locator('.monaco-editor :focus').waitFor({ state: 'attached' });

  const goTo = async (line: number, column = 1) => {
    await quickInput('Control+p', `:${line}:${column}`);
    await page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
    const place = exactly(`Ln ${line}, Col ${column}`);
    await page.locator('#status\\.editor\\.selection', { hasText: place }).waitFor();
    await focused();
  };

  const applyQuickFix = async (line: number, title: string) => {
    await goTo(line);
    const action = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    // The list closes when the cursor or the findings still move under it: ask again, as people do.
    for (let attempt = 1; attempt <= 5; attempt++) {
      await page.keyboard.press('Control+.');
      if (await succeeds(action.click({ timeout: 3000 }))) {
        return action.waitFor({ state: 'hidden' });
      }
      await page.keyboard.press('Escape');
    }
    throw new Error(`Line ${line} has no quick fix with "${title}" in its title`);
  };

  const showProblems = async () => {
    const panel = page.locator('.markers-panel');
    if (!(await panel.isVisible())) await page.keyboard.press('Control+Shift+m');
    await panel.waitFor();
    return panel;
  };

  const problems = async (filter = '') => {
    const panel = await showProblems();
    const field = page.getByLabel('Filter Problems');
    // Filling it again would start its delay again, and polling would never see an effect.
    if ((await field.inputValue()) !== filter) await field.fill(filter);
    return panel.locator('.monaco-list-row').evaluateAll(readProblems);
  };

  const editorText = async () =>
    (await lines.locator('.view-line').evaluateAll(readLines)).join('\n');

  const pageTexts = async () => {
    // VS Code shows a page in a frame of such a name, inside another one.
    const frames = page.frames().filter((frame) => /^(active|pending)-frame$/.test(frame.name()));
    // A page that is being replaced has no text any more, and that is no failure.
    const texts = frames.map((frame) =>
      frame
        .locator('body')
        .textContent()
        .catch(() => ''),
    );
    return (await Promise.all(texts)).join('\n');
  };

  return {
    openFile,
    runCommand,
    runAskingCommand,
    goTo,
    applyQuickFix,
    problems,
    async followCode(code) {
      const panel = await showProblems();
      await panel.locator('a.monaco-link', { hasText: code }).first().click();
    },
    squiggles: (kind) => group.locator(`.squiggly-${kind}`).count(),
    async type(text) {
      await page.keyboard.press('Control+1');
      await page.keyboard.insertText(text);
    },
    editorText,
    shownText: async () => [await editorText(), await pageTexts()].join('\n'),
    lineOf(file, text) {
      const content = readFileSync(path.join(folder, file), 'utf8').split(/\r?\n/);
      const index = content.findIndex((line) => line.includes(text));
      if (index < 0) throw new Error(`${file} does not contain ${text}`);
      return index + 1;
    },
    tabs: () =>
      page
        .locator('.tabs-container .tab')
        .evaluateAll((tabs) => tabs.map((tab) => tab.getAttribute('data-resource-name') ?? '')),
    async screenshot(name) {
      const file = path.join(root, 'test-results', `${name}.png`);
      mkdirSync(path.dirname(file), { recursive: true });
      await page.screenshot({ path: file });
      return file;
    },
  };
}

function succeeds(attempt: Promise<void>): Promise<boolean> {
  return attempt.then(
    () => true,
    () => false,
  );
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}

/** Runs in the page. The parentheses around a code are drawn by the style sheet only. */
function readProblems(rows: Element[]): string[] {
  return rows.flatMap((row) => {
    const part = (name: string) => row.querySelector(`.marker-${name}`)?.textContent ?? '';
    if (!row.querySelector('.marker-message')) return [];
    const code = part('code') && `(${part('code')})`;
    const severity = row.getAttribute('aria-label')?.split(':', 1)[0] ?? '';
    return [`${severity}: ${part('message')} ${part('source')}${code} ${part('line')}`];
  });
}

/** Runs in the page. Lines are drawn in any order, each at its own height. */
function readLines(elements: Element[]): string[] {
  return elements
    .map((element) => ({
      top: element.getBoundingClientRect().top,
      text: (element.textContent ?? '').replaceAll('\u00a0', ' '),
    }))
    .sort((a, b) => a.top - b.top)
    .map(({ text }) => text);
}
