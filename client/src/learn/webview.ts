/** How a page is shown: what stands in a webview, and what can be pressed there. */
import * as vscode from 'vscode';
import type { Shown } from './inPage.ts';

export interface Page {
  /** What it is about, for who asks to show the same again: `expert/04-async`. */
  readonly id: string;
  readonly title: string;
  readonly markdown: string;
}

/** The commands that pages may name; a page can run no other. */
const commands = [
  'openLesson',
  'openExercise',
  'openGlossary',
  'showRule',
  'readLesson',
  'startExercise',
  'openExerciseFolder',
  'checkExercise',
  'nextHint',
  'showSolution',
  'showWhy',
  'resetExercise',
  'skipExercise',
  'continueLearning',
  'openExample',
  'runExample',
  'showInProject',
].map((name) => `fastapiMentor.${name}`);

/** Puts a page into a webview, which may run the commands of pages and nothing else. */
export async function fillWebview(
  webview: vscode.Webview,
  extension: vscode.Uri,
  page: Page,
): Promise<void> {
  fillWith(webview, extension, await rendered(page));
}

export function fillWith(webview: vscode.Webview, extension: vscode.Uri, page: Shown): void {
  const markdown = vscode.extensions.getExtension('vscode.markdown-language-features');
  const media = markdown && vscode.Uri.joinPath(markdown.extensionUri, 'media');
  webview.options = {
    enableScripts: true,
    enableCommandUris: commands,
    localResourceRoots: [extension, ...(media === undefined ? [] : [media])],
  };
  webview.html = documentOf(webview, extension, media, page);
}

export async function rendered({ id, title, markdown }: Page): Promise<Shown> {
  const html = await vscode.commands.executeCommand<string>('markdown.api.render', markdown);
  return {
    id,
    title,
    // With the number of its line every block would be another one when a line is added above.
    html: html.replace(/ data-line="\d+"/g, ''),
    language: /[가-힣]/.test(html) ? 'ko' : 'en',
  };
}

/** Only the reader's own script runs in it, whatever a page may hold. */
function documentOf(
  webview: vscode.Webview,
  extension: vscode.Uri,
  media: vscode.Uri | undefined,
  { id, title, language, html }: Shown,
): string {
  const highlight =
    media && webview.asWebviewUri(vscode.Uri.joinPath(media, 'highlight.css')).toString();
  const script = webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', 'reader.js'));
  const nonce = crypto.randomUUID();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource} 'unsafe-inline'`,
    `img-src ${webview.cspSource} https:`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(title)}</title>
${highlight === undefined ? '' : `<link rel="stylesheet" href="${highlight}">`}
<style>${style}</style>
</head>
<body class="vscode-body" data-page="${escaped(id)}"><main>${html}</main>
<script nonce="${nonce}" src="${script.toString()}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** Colours, fonts and sizes are the theme's. */
const style = `
body { font-family: var(--vscode-markdown-font-family, var(--vscode-font-family)); font-size: var(--vscode-markdown-font-size, 14px); line-height: 1.6; padding: 0 1.6em 3em; color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); }
main { max-width: 46em; margin: 0 auto; }
h1, h2, h3 { line-height: 1.25; font-weight: 600; }
h2 { margin-top: 1.8em; padding-bottom: .2em; border-bottom: 1px solid var(--vscode-panel-border, currentColor); }
a { color: var(--vscode-textLink-foreground); text-decoration: underline; }
a:focus, summary:focus { outline: 2px solid var(--vscode-focusBorder, currentColor); outline-offset: 2px; }
code { font-family: var(--vscode-editor-font-family, monospace); font-size: .95em; }
pre { padding: .8em 1em; overflow-x: auto; background: var(--vscode-textCodeBlock-background); border: 1px solid var(--vscode-contrastBorder, transparent); }
details { margin: .6em 0; padding: .4em .8em; border: 1px solid var(--vscode-panel-border, currentColor); }
summary { cursor: pointer; font-weight: 600; }
.picture svg { max-width: 100%; height: auto; margin: 1em 0; }
table { border-collapse: collapse; }
th, td { padding: .3em .7em; border: 1px solid var(--vscode-panel-border, currentColor); text-align: left; }
blockquote { margin: 1em 0; padding: .1em 1em; border-left: 4px solid var(--vscode-textBlockQuote-border, currentColor); background: var(--vscode-textBlockQuote-background); }
.checks ul { list-style: none; padding-left: 0; }
.checks li { padding-left: 1.5em; text-indent: -1.5em; }
li.task-list-item, li:has(> input) { list-style: none; }
`;
