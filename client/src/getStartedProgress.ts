import * as vscode from 'vscode';
import { findFastApiFile, importsFastApi } from './pythonFiles.ts';
import { ruleScheme } from './rulePages.ts';

/** What the steps of the walkthrough wait for, each a context key (`fastapiMentor.seenFinding`), with the step's id. */
const steps = {
  openedProject: 'open',
  seenFinding: 'finding',
  fixedOne: 'fix',
  readRule: 'why',
  madeItYours: 'yours',
} as const;

type Mark = keyof typeof steps;

export const walkthrough = 'fastapi-mentor.fastapi-mentor#getStarted';

/** How a document stood when its findings were last told. */
interface Look {
  readonly version: number;
  readonly findings: number;
  readonly ignores: number;
}

/** Watches what a person does and completes the steps. What was done once stays done. */
export function trackProgress(memory: vscode.Memento): vscode.Disposable {
  const done = new Set(memory.get<Mark[]>('getStarted', []));
  const looks = new WeakMap<vscode.TextDocument, Look>();
  const show = (mark: Mark) =>
    void vscode.commands.executeCommand('setContext', `fastapiMentor.${mark}`, true);
  const complete = (mark: Mark) => {
    if (done.has(mark)) return;
    done.add(mark);
    show(mark);
    void tick(steps[mark]);
    void memory.update('getStarted', [...done]);
  };

  const lookAtDocument = (document: vscode.TextDocument) => {
    if (document.uri.scheme === ruleScheme) complete('readRule');
    if (document.languageId === 'python' && importsFastApi(document.getText())) {
      complete('openedProject');
    }
  };
  const lookAtFindings = ({ uris }: vscode.DiagnosticChangeEvent) => {
    const keys = new Set(uris.map(String));
    for (const document of vscode.workspace.textDocuments) {
      if (!keys.has(document.uri.toString())) continue;
      const now = lookAt(document);
      const before = looks.get(document);
      looks.set(document, now);
      if (now.findings > 0 && isVisible(document)) complete('seenFinding');
      if (before === undefined || now.version === before.version) continue;
      if (now.ignores > before.ignores) complete('madeItYours');
      else if (now.findings < before.findings) complete('fixedOne');
    }
  };

  for (const mark of done) show(mark);
  vscode.workspace.textDocuments.forEach(lookAtDocument);
  void completeForFolder(done, complete);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(lookAtDocument),
    vscode.languages.onDidChangeDiagnostics(lookAtFindings),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('fastapiMentor')) complete('madeItYours');
    }),
  );
}

/** VS Code misses a context that was set before it first looked at the walkthrough. */
async function tick(step: string): Promise<void> {
  try {
    await vscode.commands.executeCommand('welcome.markStepComplete', `${walkthrough}#${step}`);
  } catch {
    // It has no such command, or has remembered the step and complains that it does not know it yet.
  }
}

/** A project counts before any of its files is open. */
async function completeForFolder(done: ReadonlySet<Mark>, complete: (mark: Mark) => void) {
  if (done.has('openedProject')) return;
  if ((await findFastApiFile()) !== undefined) complete('openedProject');
}

function lookAt(document: vscode.TextDocument): Look {
  const findings = vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === 'fastapi-mentor');
  const ignores = document.getText().match(/#[ \t]*mentor[ \t]*:[ \t]*ignore/gi) ?? [];
  return { version: document.version, findings: findings.length, ignores: ignores.length };
}

function isVisible(document: vscode.TextDocument): boolean {
  return vscode.window.visibleTextEditors.some((editor) => editor.document === document);
}
