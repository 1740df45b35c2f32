/** Shows lessons, exercises and the glossary as pages beside the code: what can be pressed in them is a command. */
import * as vscode from 'vscode';
import type { Shown } from './inPage.ts';
import { fillWith, type Page, rendered } from './webview.ts';

/** `quietly`: it is not brought to the front; `beside`: in a column beside the code, which keeps the keyboard. */
export type How = 'quietly' | 'beside';

export interface Reader extends vscode.Disposable {
  /** Shows a page; where there is one already, in its place. */
  show(page: Page, how?: How): Promise<void>;
  /** Goes on in a panel that was there when the window was closed. */
  restore(panel: vscode.WebviewPanel, page: Page): Promise<void>;
  /** The id of the page that is shown. */
  readonly shown: string | undefined;
  /** Where code stands, so that it does not cover the page. */
  readonly columnOfCode: vscode.ViewColumn;
}

/** The type of its panel, which VS Code remembers. */
export const READER = 'fastapiMentor.lesson';

export function createReader(extension: vscode.Uri): Reader {
  let panel: vscode.WebviewPanel | undefined;
  let shown: Shown | undefined;
  let last: string | undefined;
  const open = (how: How | undefined, page: Shown) =>
    fill(
      vscode.window.createWebviewPanel(
        READER,
        page.title,
        { viewColumn: columnBeside(), preserveFocus: how === 'beside' },
        { enableFindWidget: true },
      ),
      page,
    );
  const fill = (own: vscode.WebviewPanel, page: Shown) => {
    own.title = page.title;
    // A page that comes back from behind another tab begins with what it was made with.
    own.webview.onDidReceiveMessage(() => own.webview.postMessage(shown));
    own.onDidDispose(() => {
      panel = undefined;
      shown = undefined;
    });
    fillWith(own.webview, extension, page);
    return own;
  };
  return {
    async show(page, how) {
      const { id, title, markdown: text } = page;
      if (how === 'quietly' && shown?.id === id && text === last) return;
      const next = await rendered(page);
      // Meanwhile somebody has turned to another page.
      if (how === 'quietly' && shown?.id !== id) return;
      last = text;
      shown = next;
      if (panel === undefined) {
        panel = open(how, shown);
        return;
      }
      if (how === 'beside') panel.reveal(columnBesideCode(panel), true);
      else if (how === undefined) panel.reveal(undefined, false);
      panel.title = title;
      // Answered only once the page is to be seen: that is not waited for.
      void panel.webview.postMessage(shown);
    },
    async restore(own, page) {
      if (panel !== undefined) {
        own.dispose();
        return;
      }
      // Before anything is waited for: there is only one.
      panel = own;
      const next = await rendered(page);
      // Unless somebody has turned to another page meanwhile.
      if (shown === undefined) {
        shown = next;
        last = page.markdown;
      }
      fill(own, shown);
    },
    get shown() {
      return shown?.id;
    },
    get columnOfCode() {
      const { One, Two } = vscode.ViewColumn;
      return panel?.viewColumn === One ? Two : One;
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
