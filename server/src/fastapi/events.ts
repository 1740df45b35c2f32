/** Start-up and shutdown handlers of the old kind, and what a lifespan in their place looks like. */
import { moduleScope } from '../python/bindings.ts';
import { moduleScopeId } from '../python/definitions.ts';
import { createEvaluator } from '../python/evaluate.ts';
import type { FunctionSite } from '../python/sites.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import { defineGlance } from '../syntax/glances.ts';
import type { Call, FunctionDef } from '../syntax/nodes.ts';
import {
  allIds,
  blockSource,
  fileShape,
  fileText,
  lowered,
  pathOfBlock,
} from '../syntax/source.ts';
import { isApp, isRouter } from './classes.ts';
import { blocksEverywhere } from './everywhere.ts';
import { lifespanOf, makingOf } from './lifespans.ts';
import type { Subject } from './subject.ts';

export interface EventHandler {
  readonly decorator: Call;
  /** What the decorator is read from, as it is written: `app`. */
  readonly owner: string;
  readonly isApp: boolean;
  /** The lifespan of the app, because of which the handler never runs. */
  readonly lifespan: string | undefined;
}

/** The `on_event` decorators of a function, on what is known to be an app or a router. */
export function eventHandlersOf(
  subject: Subject,
  { node, outer }: FunctionSite,
): readonly EventHandler[] {
  return node.decorators.flatMap((decorator): readonly EventHandler[] => {
    if (decorator.type !== 'call' || decorator.callee.type !== 'attribute') return [];
    if (decorator.callee.name !== 'on_event') return [];
    const { object } = decorator.callee;
    const value = subject.meaningOf(object, outer);
    if (!isRouter(subject.evaluator, value)) return [];
    const owner = subject.textOf(object);
    const made = isApp(subject.evaluator, value) ? makingOf(subject, object, outer) : undefined;
    const lifespan = made && lifespanOf(subject, made.call, made.scope);
    return [{ decorator, owner, isApp: isApp(subject.evaluator, value), lifespan }];
  });
}

interface Handler {
  readonly name: string;
  readonly event: 'startup' | 'shutdown';
  readonly isAsync: boolean;
  readonly block: string;
  /** The decorator with its line end. */
  readonly removed: { readonly start: number; readonly end: number };
}

export interface LifespanPlan {
  readonly app: {
    readonly block: string;
    readonly argumentAt: number;
    /** The argument with the comma that it needs. */
    readonly argument: string;
    /** The line ends that are missing for two empty lines before it. */
    readonly gap: string;
  };
  readonly handlers: readonly Handler[];
}

const EVENTS = /\bon_event\b|\badd_event_handler\b|\bon_startup\b|\bon_shutdown\b/;

const SAYING_EVENTS = defineGlance(EVENTS, [
  'on_event',
  'add_event_handler',
  'on_startup',
  'on_shutdown',
]);

/** By path: whether another file speaks of events. */
const eventsElsewhere = defineQuery<boolean>('events elsewhere', (db, path) =>
  blocksEverywhere(db, SAYING_EVENTS).some((block) => pathOfBlock(block) !== path),
);

/** How an app's handlers become a lifespan; nothing where that takes more than moving them. */
export function lifespanPlan(db: Reader, path: string, owner: string): LifespanPlan | undefined {
  // A lifespan would silence the handlers that other files give the app.
  if (db.get(eventsElsewhere, path)) return undefined;
  const { names } = db.get(moduleScope, path);
  if (names.lifespan !== undefined || names[owner]?.length !== 1) return undefined;
  const app = plainApp(db, path, owner);
  const handlers = plainHandlers(db, path, owner);
  const mentions = db.get(fileText, path).match(new RegExp(EVENTS, 'g')) ?? [];
  if (app === undefined || handlers === undefined || handlers.length !== mentions.length)
    return undefined;
  if (handlers.some(({ name }) => names[name]?.length !== 1)) return undefined;
  return { app, handlers };
}

/** `app = FastAPI(...)`, a statement of its own that names every argument. */
function plainApp(db: Reader, path: string, owner: string): LifespanPlan['app'] | undefined {
  for (const { id: block } of db.get(fileShape, path)) {
    const [statement] = db.get(lowered, block).body;
    if (statement?.type !== 'assign' || statement.targets.length !== 1) continue;
    const [target] = statement.targets;
    if (target?.type !== 'name' || target.id !== owner) continue;
    const { value } = statement;
    if (value?.type !== 'call') return undefined;
    const made = createEvaluator(db).meaningOf(value.callee, moduleScopeId(path));
    if (made?.kind !== 'external' || made.name !== 'fastapi.FastAPI') return undefined;
    const { args, argsStart, end } = value;
    if (args.some(({ name }) => name === undefined || name === 'lifespan')) return undefined;
    const { text } = db.get(blockSource, block);
    const gap = gapBefore(db.get(fileText, path), text);
    const last = args[args.length - 1];
    const rest = text.slice(last?.end ?? argsStart + 1, end);
    if (last === undefined)
      return rest.trim() === ')'
        ? { block, argumentAt: argsStart + 1, argument: 'lifespan=lifespan', gap }
        : undefined;
    return /^\s*,?\s*\)$/.test(rest)
      ? { block, argumentAt: last.end, argument: ', lifespan=lifespan', gap }
      : undefined;
  }
  return undefined;
}

function gapBefore(file: string, statement: string): string {
  const before = file.slice(0, Math.max(file.indexOf(statement), 0));
  const ends = /\s*$/.exec(before)?.[0].match(/\n/g) ?? [];
  return '\n'.repeat(Math.max(3 - ends.length, 0));
}

/** Top-level functions without parameters that are handlers of one event and nothing else. */
function plainHandlers(db: Reader, path: string, owner: string): readonly Handler[] | undefined {
  const handlers: Handler[] = [];
  for (const block of allIds(db.get(fileShape, path))) {
    const [statement] = db.get(lowered, block).body;
    if (statement?.type !== 'function' || statement.decorators.length === 0) continue;
    if (!EVENTS.test(db.get(blockSource, block).text)) continue;
    const handler = plainHandler(db, block, statement, owner);
    if (handler === undefined) return undefined;
    handlers.push(handler);
  }
  return handlers;
}

/** A handler that is nothing else: without parameters, under one decorator on a line of its own. */
export function plainHandler(
  db: Reader,
  block: string,
  { name, isAsync, decorators, parameters }: FunctionDef,
  owner: string,
): Handler | undefined {
  const [decorator] = decorators;
  if (decorators.length !== 1 || parameters.length > 0 || decorator?.type !== 'call')
    return undefined;
  const { callee, args, start, end } = decorator;
  if (callee.type !== 'attribute' || callee.name !== 'on_event') return undefined;
  if (callee.object.type !== 'name' || callee.object.id !== owner) return undefined;
  const event = args.length === 1 && args[0]?.value.type === 'string' ? args[0].value.value : '';
  if (event !== 'startup' && event !== 'shutdown') return undefined;
  const { text } = db.get(blockSource, block);
  const lineEnd = /^[ \t]*\r?\n/.exec(text.slice(end))?.[0];
  if (lineEnd === undefined || text.charAt(start - 1) !== '@') return undefined;
  return { name, event, isAsync, block, removed: { start: start - 1, end: end + lineEnd.length } };
}
