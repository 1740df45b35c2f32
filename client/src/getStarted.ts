import * as vscode from 'vscode';
import { trackProgress, walkthrough } from './getStartedProgress.ts';
import { openSample } from './getStartedSample.ts';
import type { Context } from './host.ts';
import { findFastApiFile } from './pythonFiles.ts';

/** The walkthrough's commands, and what completes its steps. */
export function registerGetStarted(context: Context): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    trackProgress(context.globalState),
    register('fastapiMentor.getStarted', openWalkthrough),
    register('fastapiMentor.openSample', (from: unknown) => openSample(context.extensionUri, from)),
    register('fastapiMentor.showFinding', showFinding),
  );
}

async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', {
    category: walkthrough,
  });
}

/** Shows the worst finding and the problems. Before any is known: of the file that most probably has some. */
async function showFinding(): Promise<void> {
  const uri = worstFinding()?.uri ?? (await findFastApiFile());
  if (uri === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'There is no FastAPI code in this window. Open a project first, or the sample.',
      ),
    );
    return;
  }
  const { document, viewColumn } = await vscode.window.showTextDocument(uri, {
    viewColumn: columnForCode(),
  });
  await vscode.commands.executeCommand('workbench.actions.view.problems');
  const start = (await untilFinding(uri))?.range.start;
  // The problems took the keyboard; whoever uses one goes on in the code.
  await vscode.window.showTextDocument(document, {
    ...(viewColumn !== undefined && { viewColumn }),
    ...(start !== undefined && { selection: new vscode.Range(start, start) }),
  });
}

/** Beside the walkthrough, which is a tab that tells nothing of itself; else where one is. */
function columnForCode(): vscode.ViewColumn {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  const isPage = tab !== undefined && tab.input === undefined;
  return isPage ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
}

/** The worst finding of a file once it has some. The server may still be reading the project. */
function untilFinding(uri: vscode.Uri): Promise<Finding | undefined> {
  return new Promise((resolve) => {
    const finish = (found?: Finding) => {
      clearTimeout(patience);
      listener.dispose();
      resolve(found);
    };
    const look = () => {
      const found = worstFinding(uri);
      if (found !== undefined) finish(found);
    };
    const patience = setTimeout(finish, 10_000);
    const listener = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
}

interface Finding {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
}

function worstFinding(only?: vscode.Uri): Finding | undefined {
  const all: readonly [vscode.Uri, readonly vscode.Diagnostic[]][] =
    only === undefined
      ? vscode.languages.getDiagnostics()
      : [[only, vscode.languages.getDiagnostics(only)]];
  return all
    .flatMap(([uri, diagnostics]) => diagnostics.map((each) => ({ uri, ...pick(each) })))
    .filter(({ source }) => source === 'fastapi-mentor')
    .sort((a, b) => a.severity - b.severity || a.range.start.compareTo(b.range.start))[0];
}

const pick = ({ source, severity, range }: vscode.Diagnostic) => ({ source, severity, range });
