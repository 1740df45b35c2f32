import * as vscode from 'vscode';

/** What the server tells about itself; see `Status` there. */
export interface Status {
  readonly state: 'loading' | 'ready' | 'failed';
  readonly files: number;
  readonly parser: string;
  readonly versions: readonly { name: string; version: string; exact: boolean }[];
}

export interface StatusItem extends vscode.Disposable {
  /** The server is starting, or has told something. */
  show(status: Status | 'starting' | 'stopped'): void;
  /** So many findings are accepted and not shown. */
  showHidden(hidden: { readonly count: number }): void;
}

/** The entry in the status bar's language menu, shown with Python files. */
export function createStatusItem(): StatusItem {
  const item = vscode.languages.createLanguageStatusItem('fastapiMentor', { language: 'python' });
  item.name = 'FastAPI Mentor';
  let last: Status | 'starting' | 'stopped' = 'starting';
  let hidden = 0;
  const update = () => Object.assign(item, describe(last, hidden));
  return {
    show(status) {
      last = status;
      if (status === 'starting') hidden = 0;
      update();
    },
    showHidden({ count }) {
      hidden = count;
      update();
    },
    dispose: () => item.dispose(),
  };
}

function describe(status: Status | 'starting' | 'stopped', hidden: number) {
  const { Information, Error: Failure } = vscode.LanguageStatusSeverity;
  const output = { command: 'fastapiMentor.showOutput', title: vscode.l10n.t('Show output') };
  const showAll = {
    command: 'fastapiMentor.showAllFindings',
    title: vscode.l10n.t('Show all'),
  };
  const restart = { command: 'fastapiMentor.restart', title: vscode.l10n.t('Restart') };
  if (status === 'starting') {
    const text = vscode.l10n.t('FastAPI Mentor: starting');
    return { text, detail: '', busy: true, severity: Information, command: output };
  }
  if (status === 'stopped' || status.state === 'failed') {
    const text = vscode.l10n.t('FastAPI Mentor: not running');
    return { text, detail: '', busy: false, severity: Failure, command: restart };
  }
  const isLoading = status.state === 'loading';
  return {
    text: isLoading
      ? vscode.l10n.t('FastAPI Mentor: reading the project')
      : vscode.l10n.t('FastAPI Mentor: {0} files analysed', status.files),
    // One line is all there is, and the command stands at its end.
    detail: hidden > 0 ? describeHidden(hidden) : describeVersions(status),
    busy: isLoading,
    severity: Information,
    command: hidden > 0 ? showAll : output,
  };
}

function describeHidden(count: number): string {
  return vscode.l10n.t('only new code: {0} hidden', count);
}

/** FastAPI's, else the first: the menu is narrow, and a command that stands behind its edge is not seen. The output names all. */
function describeVersions({ versions }: Status): string {
  const shown = versions.find(({ name }) => name === 'fastapi') ?? versions[0];
  return shown === undefined
    ? vscode.l10n.t('no pinned versions found')
    : `${shown.name} ${shown.version}`;
}
