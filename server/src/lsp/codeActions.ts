import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic as Item,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Fix, TextEdit } from '../engine/diagnostic.ts';
import { isConfigFile } from '../project/config-files.ts';
import { configurationCode } from './configurationMistakes.ts';
import type { Language } from './deps.ts';
import { source } from './items.ts';
import type { Feature } from './server.ts';
import { keyOf, type Session } from './session.ts';

export const showRuleCommand = 'fastapiMentor.showRule';

const showRule: Readonly<Record<Language, string>> = { en: 'Show rule', ko: '규칙 보기' };

/** The fix of a finding and the way to its rule's page, made of nothing but the request. */
export const registerCodeActions: Feature = (session) => {
  const { connection, client, clientOptions } = session;
  if (client.textDocument?.codeAction?.codeActionLiteralSupport === undefined) return {};
  const canShowRule = clientOptions.commands.includes(showRuleCommand);
  connection.onCodeAction(({ context, textDocument }) => {
    if (context.only?.every((kind) => !CodeActionKind.QuickFix.startsWith(kind)) === true)
      return [];
    const items = context.diagnostics.filter((item) => item.source === source);
    const key = keyOf(textDocument.uri);
    // After an edit the client still shows the old findings for a moment: their fixes would hit the wrong place.
    const known = (isConfigFile(key) ? session.sentMistakes : session.diagnosed).get(key);
    const isCurrent = known?.version === session.documents.get(key)?.version;
    const fixable = isCurrent ? items : [];
    return [
      ...fixable.flatMap((item) => fixOf(item, session) ?? []),
      ...(canShowRule
        ? items
            .filter(({ code }) => code !== configurationCode)
            .map((item) => ruleOf(item, session.language))
        : []),
    ];
  });
  return { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } };
};

function fixOf(item: Item, session: Session): CodeAction | undefined {
  const fix = readFix(item.data);
  if (fix === undefined) return undefined;
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [item],
    isPreferred: true,
    edit: toWorkspaceEdit(fix.edits, session),
  };
}

function ruleOf(item: Item, language: Language): CodeAction {
  const title = `${showRule[language]}: ${item.code}`;
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [item],
    command: { title, command: showRuleCommand, arguments: [item.code] },
  };
}

/** With versions where the client takes them: it then refuses the edit of a text that has moved on. */
function toWorkspaceEdit(
  edits: readonly TextEdit[],
  { client, documents }: Session,
): WorkspaceEdit {
  const changes = [...new Set(edits.map(({ path }) => path))].map((path) => {
    const document = documents.get(keyOf(path));
    const uri = document?.uri ?? path;
    const own = edits.filter((edit) => edit.path === path);
    const textEdits = own.map(({ range, newText }) => ({ range, newText }));
    return { textDocument: { uri, version: document?.version ?? null }, edits: textEdits };
  });
  if (client.workspace?.workspaceEdit?.documentChanges === true) {
    return { documentChanges: changes satisfies TextDocumentEdit[] };
  }
  return {
    changes: Object.fromEntries(changes.map((each) => [each.textDocument.uri, each.edits])),
  };
}

/** `data` comes back from the client: it is believed only if it has the shape that we sent. */
function readFix(data: unknown): Fix | undefined {
  if (!isObject(data) || !isObject(data.fix)) return undefined;
  const { title, applicability, edits } = data.fix;
  if (typeof title !== 'string' || !Array.isArray(edits) || !edits.every(isTextEdit)) {
    return undefined;
  }
  return { title, applicability: applicability === 'safe' ? 'safe' : 'quick', edits };
}

function isTextEdit(value: unknown): value is TextEdit {
  if (!isObject(value) || !isObject(value.range)) return false;
  const { start, end } = value.range;
  return (
    typeof value.path === 'string' &&
    typeof value.newText === 'string' &&
    isPosition(start) &&
    isPosition(end)
  );
}

const isPosition = (value: unknown) =>
  isObject(value) && Number.isInteger(value.line) && Number.isInteger(value.character);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
