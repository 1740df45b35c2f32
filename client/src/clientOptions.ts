import type * as vscode from 'vscode';
import type { LanguageClientOptions, Middleware } from 'vscode-languageclient';
import { showRuleCommand } from './commands.ts';
import { withWordAfter } from './learn/afterFix.ts';
import type { Kept } from './onlyNew.ts';
import { ruleUri } from './rulePages.ts';
import { settingsMiddleware } from './settings.ts';

export const diagnosticSource = 'fastapi-mentor';

const schemes = ['file', 'vscode-remote', 'untitled', 'vscode-vfs', 'vscode-test-web'];

/** They are followed while somebody types in them, and mended there. */
const configFiles = '**/{pyproject,ruff,.ruff}.toml';

/** How the client talks to the server, the same on a desktop and in a browser. */
export function createClientOptions(
  output: vscode.LogOutputChannel,
  kept: () => Kept,
): LanguageClientOptions {
  return {
    documentSelector: schemes.flatMap((scheme) => [
      { scheme, language: 'python' },
      { scheme, pattern: configFiles },
    ]),
    outputChannel: output,
    diagnosticCollectionName: diagnosticSource,
    // Without these the client pulls once, when a document opens.
    diagnosticPullOptions: { onChange: true, onSave: true, onFocus: true },
    // Asked for at each start, also where a server that died is started again.
    initializationOptions: () => ({
      commands: [showRuleCommand],
      status: true,
      fileSystem: true,
      kept: kept(),
    }),
    middleware,
  };
}

const middleware: Middleware = {
  workspace: settingsMiddleware,
  async provideDiagnostics(document, previousResultId, token, next) {
    const report = await next(document, previousResultId, token);
    if (report !== undefined && report !== null && 'items' in report) {
      for (const diagnostic of report.items) linkToBundledPage(diagnostic);
    }
    return report;
  },
  async provideCodeActions(document, range, context, token, next) {
    const actions = await next(document, range, context, token);
    withWordAfter(actions);
    return actions;
  },
  handleDiagnostics(uri, diagnostics, next) {
    for (const diagnostic of diagnostics) linkToBundledPage(diagnostic);
    next(uri, diagnostics);
  },
};

/** The server links to the page on the web; the bundled one is there offline and fits the version. */
function linkToBundledPage(diagnostic: vscode.Diagnostic): void {
  const { code, source } = diagnostic;
  if (source !== diagnosticSource || typeof code !== 'object') return;
  diagnostic.code = { value: code.value, target: ruleUri(String(code.value)) };
}
