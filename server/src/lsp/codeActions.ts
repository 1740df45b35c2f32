import { type CodeAction, CodeActionKind, type Diagnostic as Item } from 'vscode-languageserver';
import type { Fix, TextEdit } from '../engine/diagnostic.ts';
import { isOwn } from '../engine/suppressionNotes.ts';
import { isConfigFile } from '../project/config-files.ts';
import { configurationCode } from './configurationMistakes.ts';
import type { Language } from './deps.ts';
import { toWorkspaceEdit } from './edits.ts';
import { asksForFixAll, fixAllAction, fixAllKind, fixKindAction, fixKindEdit } from './fixAll.ts';
import { source } from './items.ts';
import type { Feature } from './server.ts';
import { diagnose, keyOf, type Session } from './session.ts';
import type { Sources } from './sources.ts';
import { suppressActions } from './suppress.ts';

export const showRuleCommand = 'fastapiMentor.showRule';

const showRule: Readonly<Record<Language, string>> = { en: 'Show rule', ko: '규칙 보기' };

/**
 * What can be done about findings: mend one, all of its kind or everything that is safe; silence them; read about their
 * rule. What mends one finding is made of nothing but the request.
 */
export const registerCodeActions: Feature = (session, sources) => {
  const { connection, client, clientOptions } = session;
  if (client.textDocument?.codeAction?.codeActionLiteralSupport === undefined) return {};
  const canShowRule = clientOptions.commands.includes(showRuleCommand);
  const { dataSupport, resolveSupport } = client.textDocument.codeAction;
  const canResolve = dataSupport === true && resolveSupport?.properties.includes('edit') === true;

  connection.onCodeAction(async ({ context, textDocument }) => {
    const key = keyOf(textDocument.uri);
    const actions: CodeAction[] = [];
    if (asksForFixAll(context.only)) {
      const action = await fixAllAction(session, sources, key);
      if (action !== undefined) actions.push(action);
    }
    if (context.only?.every((kind) => !CodeActionKind.QuickFix.startsWith(kind)) === true)
      return actions;
    const items = context.diagnostics.filter((item) => item.source === source);
    // After an edit the client still shows the old findings for a moment: their fixes would hit the wrong place.
    const known = (isConfigFile(key) ? session.sentMistakes : session.diagnosed).get(key);
    const isCurrent = known?.version === session.documents.get(key)?.version;
    const fixable = isCurrent ? items : [];
    const silenceable = isConfigFile(key) ? [] : fixable;
    const kinds = await kindsOf(silenceable, session, sources, key, canResolve);
    return [
      ...actions,
      ...fixable.flatMap((item) => fixOf(item, session) ?? []),
      ...kinds,
      ...(canShowRule
        ? items
            .filter(({ code }) => code !== configurationCode && !isOwn(String(code)))
            .map((item) => ruleOf(item, session.language))
        : []),
      ...suppressActions(session, key, silenceable),
    ];
  });
  if (canResolve) {
    connection.onCodeActionResolve(async (action) => {
      const edit = await fixKindEdit(session, sources, action.data);
      return edit === undefined ? action : { ...action, edit };
    });
  }
  const codeActionKinds = [CodeActionKind.QuickFix, fixAllKind];
  return { codeActionProvider: { codeActionKinds, resolveProvider: canResolve } };
};

/** For each rule with a fix of which the document has more than one finding: all of them at once. */
async function kindsOf(
  items: readonly Item[],
  session: Session,
  sources: Sources,
  key: string,
  canResolve: boolean,
): Promise<CodeAction[]> {
  const firsts = new Map<string, Item>();
  for (const item of items) {
    const rule = String(item.code);
    if (readFix(item.data) !== undefined && !firsts.has(rule)) firsts.set(rule, item);
  }
  const analysis = firsts.size === 0 ? undefined : await session.analysis;
  const version = session.documents.get(key)?.version;
  if (analysis === undefined || version === undefined) return [];
  const found = diagnose(session, analysis, key);
  const actions: CodeAction[] = [];
  for (const [rule, item] of firsts) {
    const titles = found.flatMap(({ rule: own, fix }) => (own === rule && fix ? [fix.title] : []));
    if (titles.length < 2) continue;
    const kind = fixKindAction(session, { key, version, rule }, titles);
    // VS Code puts what belongs to no finding last, below the ways to ignore it.
    const action = { ...kind, diagnostics: [item] };
    const edit = canResolve ? undefined : await fixKindEdit(session, sources, action.data);
    if (canResolve) actions.push(action);
    else if (edit !== undefined) actions.push({ ...action, edit });
  }
  return actions;
}

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
