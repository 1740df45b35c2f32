import * as vscode from 'vscode';
import { trackProgress } from './getStartedProgress.ts';
import { openSample } from './getStartedSample.ts';
import { findFastApiFile } from './pythonFiles.ts';

const walkthrough = 'fastapi-mentor.fastapi-mentor#getStarted';

/** The walkthrough's commands, and what completes its steps. */
export function registerGetStarted(context: vscode.ExtensionContext): vscode.Disposable {
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

/** Shows the worst finding that is known; without one, the file that most probably has some, and the problems. */
async function showFinding(): Promise<void> {
  const worst = worstFinding();
  const uri = worst?.uri ?? (await findFastApiFile());
  if (uri === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'There is no FastAPI code in this window. Open a project first, or the sample.',
      ),
    );
    return;
  }
  const selection = worst && new vscode.Range(worst.range.start, worst.range.start);
  await vscode.window.showTextDocument(uri, selection ? { selection } : {});
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}

function worstFinding(): { uri: vscode.Uri; range: vscode.Range } | undefined {
  const all = vscode.languages
    .getDiagnostics()
    .flatMap(([uri, found]) =>
      found.map(({ source, severity, range }) => ({ uri, source, severity, range })),
    )
    .filter(({ source }) => source === 'fastapi-mentor');
  return all.sort((a, b) => a.severity - b.severity)[0];
}
