import * as vscode from 'vscode';
import { currentLanguage } from './language.ts';
import { rulePageOf } from './learn/page.ts';
import { fillWebview } from './learn/webview.ts';

/** The scheme under which the bundled page of a rule opens: `fastapi-mentor-rule:/async/blocking-call.md`. */
export const ruleScheme = 'fastapi-mentor-rule';

export const ruleUri = (rule: string) =>
  vscode.Uri.from({ scheme: ruleScheme, path: `/${rule}.md` });

/** The bundled pages as documents, in the reader's language where there is a translation, and how they are shown. */
export function provideRulePages(extension: vscode.Uri): vscode.Disposable {
  const pages = vscode.Uri.joinPath(extension, 'dist', 'pages');
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(ruleScheme, {
      async provideTextDocumentContent({ path }) {
        const text = await readPage(pages, path);
        return text ?? vscode.l10n.t('There is no page for this rule.');
      },
    }),
    vscode.window.registerCustomEditorProvider(
      'fastapiMentor.rulePage',
      {
        openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
        resolveCustomEditor: ({ uri }, { webview }) => showIn(webview, extension, uri),
      },
      { webviewOptions: { enableFindWidget: true } },
    ),
  );
}

/** Like a lesson, so that its links open lessons: in VS Code's own preview they could not. */
async function showIn(webview: vscode.Webview, extension: vscode.Uri, uri: vscode.Uri) {
  const document = await vscode.workspace.openTextDocument(uri);
  const rule = uri.path.replace(/^\/|\.md$/g, '');
  const markdown = rulePageOf(document.getText(), rule);
  await fillWebview(webview, extension, { id: rule, title: rule, markdown });
}

/** The page of a rule in the reader's language; nothing where there is none. */
export function readRulePage(extension: vscode.Uri, rule: string): Promise<string | undefined> {
  return readPage(vscode.Uri.joinPath(extension, 'dist', 'pages'), `${rule}.md`);
}

async function readPage(pages: vscode.Uri, path: string): Promise<string | undefined> {
  const translated = path.replace(/\.md$/, `.${currentLanguage()}.md`);
  for (const candidate of [translated, path]) {
    const text = await readText(vscode.Uri.joinPath(pages, candidate));
    if (text !== undefined) return withoutFrontMatter(text);
  }
  return undefined;
}

/** The rules that have a page, as `category/name`. */
export async function listRules(extension: vscode.Uri): Promise<readonly string[]> {
  const pages = vscode.Uri.joinPath(extension, 'dist', 'pages');
  const rules: string[] = [];
  for (const [category, type] of await entriesOf(pages)) {
    if (type !== vscode.FileType.Directory) continue;
    for (const [name] of await entriesOf(vscode.Uri.joinPath(pages, category))) {
      const rule = /^([^.]+)\.md$/.exec(name)?.[1];
      if (rule !== undefined) rules.push(`${category}/${rule}`);
    }
  }
  return rules.sort();
}

/** Opens the page of a rule beside the code. The manifest's editor association says how it is shown. */
export async function openRulePage(rule: string): Promise<void> {
  const options: vscode.TextDocumentShowOptions = { viewColumn: vscode.ViewColumn.Beside };
  await vscode.commands.executeCommand('vscode.open', ruleUri(rule), options);
}

async function readText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

async function entriesOf(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}

/** A page may begin with data between two lines of `---`. */
function withoutFrontMatter(text: string): string {
  return text.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '');
}
