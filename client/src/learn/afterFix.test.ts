import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import * as vscode from 'vscode';
import { provenWords, withWordAfter } from './afterFix.ts';

vi.mock('vscode', () => ({
  CodeAction: class {
    title: string;
    constructor(title: string) {
      this.title = title;
    }
  },
  Diagnostic: class {},
  Range: class {},
  Uri: { parse: (text: string) => text },
  WorkspaceEdit: class {},
}));

const rules = path.resolve(import.meta.dirname, '../../../server/src/rules');
const read = (page: string) => readFileSync(path.join(rules, page), 'utf8');

test('every page with a proof has words for what was shown, in both languages', () => {
  const proved = globSync('*/*.md', { cwd: rules }).filter((page) =>
    /^```python proof$/m.test(read(page)),
  );
  expect(proved.length).toBeGreaterThan(20);
  for (const page of proved) {
    expect(provenWords(read(page)), page).toMatch(/\w/);
    expect(read(page.replace(/\.md$/, '.ko.md')), page).toMatch(/^# .+\n\n.+\n/m);
  }
});

test('a page without a proof has none', () => {
  expect(provenWords('# async/x\n\nSomething.\n')).toBeUndefined();
});

function findingOf(source: string, rule: string): vscode.Diagnostic {
  const finding = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 1), '');
  finding.source = source;
  finding.code = { value: rule, target: vscode.Uri.parse(`rule:${rule}`) };
  return finding;
}

function actionFor(finding: vscode.Diagnostic, isPreferred: boolean): vscode.CodeAction {
  const action = new vscode.CodeAction('mend');
  action.edit = new vscode.WorkspaceEdit();
  action.isPreferred = isPreferred;
  action.diagnostics = [finding];
  return action;
}

test('a fix says that it was applied, and nothing else does', () => {
  const finding = findingOf('fastapi-mentor', 'async/blocking-sleep');
  const fix = actionFor(finding, true);
  const ignore = actionFor(finding, false);
  const theirs = actionFor(findingOf('ruff', 'ASYNC251'), true);
  withWordAfter([fix, ignore, theirs]);
  expect(fix.command?.arguments).toEqual(['async/blocking-sleep']);
  expect(ignore.command).toBeUndefined();
  expect(theirs.command).toBeUndefined();
  withWordAfter(undefined);
});
