/** Shows lessons, exercises and the glossary as pages beside the code. No script runs in them: what can be pressed is a command. */
import * as vscode from 'vscode';

export interface Page {
  /** What it is about, for who asks to show the same again: `expert/04-async`. */
  readonly id: string;
  readonly title: string;
  readonly markdown: string;
}

/** `quietly`: it is not brought to the front; `beside`: in a column beside the code, which keeps the keyboard. */
export type How = 'quietly' | 'beside';

export interface Reader extends vscode.Disposable {
  /** Shows a page; where there is one already, in its place. */
  show(page: Page, how?: How): Promise<void>;
  /** The id of the page that is shown. */
  readonly shown: string | undefined;
}

/** The commands that pages may name; a page can run no other. */
const commands = [
  'openLesson',
  'openExercise',
  'openGlossary',
  'showRule',
  'readLesson',
  'startExercise',
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
  { id, title, markdown: text }: Page,
): Promise<void> {
  const markdown = vscode.extensions.getExtension('vscode.markdown-language-features');
  const media = markdown && vscode.Uri.joinPath(markdown.extensionUri, 'media');
  const html = await vscode.commands.executeCommand<string>('markdown.api.render', text);
  webview.options = {
    enableScripts: false,
    enableCommandUris: commands,
    localResourceRoots: [extension, ...(media === undefined ? [] : [media])],
  };
  webview.html = documentOf(webview, media, html, title, id);
}

export function createReader(extension: vscode.Uri): Reader {
  let panel: vscode.WebviewPanel | undefined;
  let shown: string | undefined;
  let last: string | undefined;
  const open = (how: How | undefined) => {
    const own = vscode.window.createWebviewPanel(
      'fastapiMentor.lesson',
      '',
      { viewColumn: columnBeside(), preserveFocus: how === 'beside' },
      { enableFindWidget: true },
    );
    own.onDidDispose(() => {
      panel = undefined;
      shown = undefined;
    });
    return own;
  };
  return {
    async show(page, how) {
      const { id, title, markdown } = page;
      if (how === 'quietly' && shown === id && markdown === last) return;
      last = markdown;
      if (panel === undefined) panel = open(how);
      else if (how === 'beside') panel.reveal(columnBesideCode(panel), true);
      else if (how === undefined) panel.reveal(undefined, false);
      shown = id;
      panel.title = title;
      await fillWebview(panel.webview, extension, page);
    },
    get shown() {
      return shown;
    },
    dispose: () => panel?.dispose(),
  };
}

/** Beside the code where there is code, else where one is. */
function columnBeside(): vscode.ViewColumn {
  return vscode.window.activeTextEditor === undefined
    ? vscode.ViewColumn.Active
    : vscode.ViewColumn.Beside;
}

/** Where it is, unless it covers the code there. */
function columnBesideCode({ viewColumn }: vscode.WebviewPanel): vscode.ViewColumn {
  const code = vscode.window.activeTextEditor?.viewColumn;
  return viewColumn === undefined || viewColumn === code ? vscode.ViewColumn.Beside : viewColumn;
}

function documentOf(
  webview: vscode.Webview,
  media: vscode.Uri | undefined,
  html: string,
  title: string,
  id: string,
): string {
  const highlight =
    media && webview.asWebviewUri(vscode.Uri.joinPath(media, 'highlight.css')).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource} 'unsafe-inline'; img-src ${webview.cspSource} https:`;
  return `<!DOCTYPE html>
<html lang="${/[가-힣]/.test(html) ? 'ko' : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(title)}</title>
${highlight === undefined ? '' : `<link rel="stylesheet" href="${highlight}">`}
<style>${style}</style>
</head>
<body class="vscode-body" data-page="${escaped(id)}"><main>${html}</main></body>
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
li.task-list-item, li:has(> input) { list-style: none; }
`;
