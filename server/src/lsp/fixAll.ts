import { type CodeAction, CodeActionKind, type WorkspaceEdit } from 'vscode-languageserver';
import { editsBetween, type FixOptions, fixText } from '../engine/apply.ts';
import { fill } from '../engine/messages.ts';
import { PHRASES } from '../knowledge/texts.ts';
import { hideAccepted } from './accepted.ts';
import type { Analysis } from './deps.ts';
import { toWorkspaceEdit } from './edits.ts';
import type { Session } from './session.ts';
import type { Sources } from './sources.ts';

/** What an editor may run on save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.fastapiMentor`;

/** Whether a client that asks for some kinds only wants everything fixed at once. It is never offered unasked. */
export function asksForFixAll(only: readonly string[] | undefined): boolean {
  return only?.some((kind) => kind === fixAllKind || fixAllKind.startsWith(`${kind}.`)) === true;
}

/** Everything that is safe to mend in an open document, in one edit; nothing where there is nothing. */
export async function fixAllAction(
  session: Session,
  sources: Sources,
  key: string,
): Promise<CodeAction | undefined> {
  const analysis = await session.analysis;
  const edit = fixesOf(session, sources, analysis, key, { applicability: 'safe' });
  if (edit === undefined) return undefined;
  return { title: PHRASES[session.language].fixAll, kind: fixAllKind, edit };
}

/** What a "fix all of this kind" carries until its edit is asked for. */
export interface KindData {
  readonly key: string;
  readonly version: number;
  readonly rule: string;
}

/** Mends every finding of one rule in a document. `titles` are those of its fixes; the rule's name stands for several. */
export function fixKindAction(
  session: Session,
  data: KindData,
  titles: readonly string[],
): CodeAction {
  const [first] = titles;
  const title = titles.every((each) => each === first) ? (first ?? data.rule) : data.rule;
  return {
    title: fill(PHRASES[session.language].fixAllOfKind, { title }),
    kind: CodeActionKind.QuickFix,
    data,
  };
}

/** The edit of such an action; none when the document has moved on since. */
export async function fixKindEdit(
  session: Session,
  sources: Sources,
  data: unknown,
): Promise<WorkspaceEdit | undefined> {
  const analysis = await session.analysis;
  if (!isKindData(data)) return undefined;
  const { key, version, rule } = data;
  if (session.documents.get(key)?.version !== version) return undefined;
  return fixesOf(session, sources, analysis, key, {
    applicability: 'quick',
    select: (_, found) => found.filter((each) => each.rule === rule),
  });
}

/** Nothing is awaited in it, so that edit and version belong together. */
function fixesOf(
  session: Session,
  sources: Sources,
  analysis: Analysis | undefined,
  key: string,
  options: FixOptions,
): WorkspaceEdit | undefined {
  const document = session.documents.get(key);
  if (analysis === undefined || document === undefined) return undefined;
  sources.flush(analysis.workspace);
  const { text } = document;
  const fixed = fixText(analysis.workspace, key, text, {
    ...options,
    select(path, found) {
      const shown = hideAccepted(session.accepted, path, found);
      return options.select?.(path, shown) ?? shown;
    },
  });
  return fixed === text ? undefined : toWorkspaceEdit(editsBetween(key, text, fixed), session);
}

function isKindData(data: unknown): data is KindData {
  if (typeof data !== 'object' || data === null) return false;
  const given: Readonly<Record<string, unknown>> = { ...data };
  return (
    typeof given.key === 'string' &&
    typeof given.version === 'number' &&
    typeof given.rule === 'string'
  );
}
