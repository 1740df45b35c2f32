/** Why tests can't be run: said kindly, with what to do about it. */
import * as vscode from 'vscode';
import type { Active } from './active.ts';
import { makeEnvironment, type NotMade } from './environment.ts';
import type { Programs } from './python.ts';

export type Problem = 'no-python' | 'no-pytest' | 'no-packages' | { readonly printed: string };

/** Nothing of a folder runs before somebody has said that they trust it. */
export async function isTrusted(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t('Manage trust');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Tests run code of this folder. They can be run once you trust it; what is checked while you type works as it is.',
    ),
    manage,
  );
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}

/** Says what is missing, and offers to get it. Gives a Python that has all of it now; `made` has been tried. */
export async function mend(
  problem: Problem,
  { folder }: Active,
  programs: Programs,
  made: string | undefined,
): Promise<string | undefined> {
  if (problem === 'no-python') {
    void sayNoPython();
    return undefined;
  }
  if (typeof problem === 'object' || made !== undefined) {
    const line = typeof problem === 'object' ? problem.printed.trim().split('\n').at(-1) : made;
    const text = vscode.l10n.t('The tests could not be run: {0}', line ?? '');
    void vscode.window.showErrorMessage(text);
    return undefined;
  }
  const make = vscode.l10n.t('Make an environment');
  const text = vscode.l10n.t(
    'The Python that runs the tests lacks what they need. An environment in the folder of the exercise (.venv) can have it.',
  );
  const answer = making.has(folder.toString())
    ? make
    : await vscode.window.showInformationMessage(text, make);
  return answer === make ? makeOnce(folder, programs) : undefined;
}

/** Folders whose environment is being made. */
const making = new Set<string>();

async function makeOnce(folder: vscode.Uri, programs: Programs): Promise<string | undefined> {
  const key = folder.toString();
  if (making.has(key)) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The environment is still being made. The tests are run once it is there.'),
    );
    return undefined;
  }
  making.add(key);
  const made = await Promise.resolve(makeEnvironment(folder, programs)).finally(() =>
    making.delete(key),
  );
  if (typeof made === 'string') return made;
  return (await wantsAgain(made)) ? makeOnce(folder, programs) : undefined;
}

/** Says why there is no environment. True when it is to be tried again. */
async function wantsAgain(one: NotMade): Promise<boolean> {
  if (one.why === 'no-python') {
    void sayNoPython();
    return false;
  }
  if (one.why === 'too-old') {
    void sayTooOld(one.version);
    return false;
  }
  const { showErrorMessage, showInformationMessage } = vscode.window;
  const say = one.why === 'cancelled' ? showInformationMessage : showErrorMessage;
  const again = vscode.l10n.t('Try again');
  return (await say(whyNotMade(one), again)) === again;
}

type Retriable = Exclude<NotMade, { readonly why: 'no-python' | 'too-old' }>;

function whyNotMade(one: Retriable): string {
  switch (one.why) {
    case 'cancelled':
      return vscode.l10n.t('Cancelled: no environment was made, and nothing of it is left.');
    case 'occupied':
      return vscode.l10n.t(
        'There is a folder .venv already, and its Python does not run. Rename or delete it, then try again.',
      );
    case 'offline':
      return vscode.l10n.t(
        'The packages could not be fetched: there is no connection to where they come from. Try again once there is.',
      );
    case 'no-venv':
      return vscode.l10n.t(
        'This Python can’t make environments yet. Install its package in a terminal, then try again: sudo apt install {0}',
        one.install,
      );
    case 'failed':
      return vscode.l10n.t('The environment could not be made: {0}', one.line);
  }
}

function sayTooOld(version: string): Thenable<void> {
  return offerPython(
    vscode.l10n.t(
      'Python {0} is too old for the exercises. Install Python 3.11 or newer, then run the tests again; what is checked while you type works without it.',
      version,
    ),
  );
}

function sayNoPython(): Thenable<void> {
  return offerPython(
    vscode.l10n.t(
      'No Python was found, so the tests can’t be run. Install Python 3.11 or newer, then run them again; what is checked while you type works without it.',
    ),
  );
}

async function offerPython(text: string): Promise<void> {
  const get = vscode.l10n.t('Get Python');
  if ((await vscode.window.showWarningMessage(text, get)) === get)
    await vscode.env.openExternal(vscode.Uri.parse('https://www.python.org/downloads/'));
}
