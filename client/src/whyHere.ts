import * as vscode from 'vscode';
import type { Callable, Location, RouteWay, WhyHere } from '../../server/src/engine/call-graph.ts';
import type { Client } from './host.ts';

/** An entry of the list; what has no place is only said. */
interface Item extends vscode.QuickPickItem {
  readonly place?: Location;
}

/** Tells which routes reach the line at the cursor, on the event loop or not, and what it blocks on; goes to what is chosen. */
export async function whyHere(client: Client | undefined): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'python') {
    say(vscode.l10n.t('Put the cursor on a line of a Python file first.'));
    return;
  }
  if (client === undefined) {
    say(vscode.l10n.t('FastAPI Mentor is not running.'));
    return;
  }
  const found = await client.sendRequest<WhyHere | null>('fastapiMentor/whyHere', {
    textDocument: { uri: editor.document.uri.toString() },
    position: editor.selection.active,
  });
  if (found === null) {
    say(vscode.l10n.t('This line is in no function: it runs once, when the module is imported.'));
    return;
  }
  const verdict = verdictOf(found);
  if (found.ways.length === 0 && found.blocks.length === 0) {
    say(verdict);
    return;
  }
  const chosen = await vscode.window.showQuickPick(itemsOf(found), {
    title: verdict,
    placeHolder: vscode.l10n.t('Go to a step of the way'),
    matchOnDescription: true,
  });
  if (chosen?.place !== undefined) await goTo(chosen.place);
}

/** Nobody need answer. */
function say(text: string): void {
  void vscode.window.showInformationMessage(text);
}

function verdictOf({ function: { name }, isAsync, isOpen, ways }: WhyHere): string {
  const served = ways.filter(({ kind }) => kind !== 'startup');
  const onLoop = served.some(({ where }) => where === 'loop');
  const inThread = served.some(({ where }) => where === 'thread');
  if (onLoop && inThread)
    return vscode.l10n.t(
      '{0} runs on the event loop for some routes, in the thread pool for others',
      name,
    );
  if (onLoop) return vscode.l10n.t('{0} runs on the event loop', name);
  if (inThread)
    return vscode.l10n.t(
      '{0} runs in the thread pool: it may block without holding up others',
      name,
    );
  if (ways.length > 0)
    return vscode.l10n.t('{0} runs only while the application starts or stops', name);
  if (isOpen) return vscode.l10n.t('{0} is handed on to where it can no longer be followed', name);
  return isAsync
    ? vscode.l10n.t('{0} runs on the event loop, but no route was found that reaches it', name)
    : vscode.l10n.t('No route was found that reaches {0}', name);
}

function itemsOf({ ways, blocks }: WhyHere): Item[] {
  const under = (label: string, items: readonly Item[]): Item[] =>
    items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
  const onLoop = ways.filter(({ where }) => where === 'loop');
  const inThread = ways.filter(({ where }) => where === 'thread');
  const down = blocks.flatMap(({ leaf, at, names, hops }): Item[] => [
    { label: `$(flame) ${leaf}`, description: placeText(at), place: at },
    ...hops.map((hop, index) => step(`${names[index] ?? ''} → ${hop.name}`, hop)),
  ]);
  const nothing: Item = { label: vscode.l10n.t('$(check) Nothing was found that it blocks on') };
  return [
    ...under(vscode.l10n.t('On the event loop'), onLoop.flatMap(wayItems)),
    ...under(vscode.l10n.t('In the thread pool'), inThread.flatMap(wayItems)),
    ...under(vscode.l10n.t('What it blocks on'), down.length > 0 ? down : [nothing]),
  ];
}

/** The route, and below it every function on the way. */
function wayItems(way: RouteWay): Item[] {
  const [first] = way.hops;
  const head: Item = {
    label: labelOf(way),
    ...(way.isDependency && { description: vscode.l10n.t('as a dependency') }),
    ...(first && { place: first }),
  };
  return [head, ...way.hops.map((hop: Callable) => step(hop.name, hop))];
}

function labelOf({ kind, title }: RouteWay): string {
  switch (kind) {
    case 'route':
      return `$(globe) ${title}`;
    case 'middleware':
      return vscode.l10n.t('$(layers) Middleware: every request');
    case 'exception handler':
      return vscode.l10n.t('$(warning) Exception handler');
    case 'startup':
      return vscode.l10n.t('$(zap) Start-up or shutdown');
  }
}

function step(name: string, place: Location): Item {
  return { label: `\u2003$(arrow-small-right) ${name}`, description: placeText(place), place };
}

function placeText({ path, range }: Location): string {
  return `${vscode.workspace.asRelativePath(vscode.Uri.parse(path))}:${range.start.line + 1}`;
}

async function goTo({ path, range: { start, end } }: Location): Promise<void> {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(path), { selection });
}
