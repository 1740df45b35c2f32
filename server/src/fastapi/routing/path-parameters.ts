/** Which of a path's parameters nothing takes. */
import {
  blockOf,
  definitionOf,
  enclosingOf,
  functionOf,
  outerScopeOf,
} from '../../python/definitions.ts';
import { functionSignature } from '../../python/signatures.ts';
import { externalClassOf } from '../../python/values.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { blockSource } from '../../syntax/source.ts';
import { type PathParameter, pathParameters, patternOf } from '../paths.ts';
import type { Dependency } from '../running/dependencies.ts';
import type { ServedRoute } from '../running/flatten.ts';
import { type Subject, subjectOf } from '../subject.ts';

/**
 * The parameters of a route's path that neither its handler nor anything it depends on takes. Nothing is said of a route
 * that may read its path in another way, or that is not wholly known.
 */
export function untakenParameters(subject: Subject, route: ServedRoute): readonly PathParameter[] {
  const { kind, path, needs, handler, isPlain, isCustom } = route;
  if (kind === 'mount' || isPlain || isCustom || handler === null) return [];
  if (needs.isPartial || patternOf(path) === undefined) return [];
  const taken = new Set(needs.parameters.map(({ alias }) => alias));
  // What takes every path there is and answers all alike is the page of an application in the browser.
  const untaken = pathParameters(path).filter(
    ({ name, convertor }) => !taken.has(name) && convertor !== 'path',
  );
  if (untaken.length === 0 || hasOpenEnd(subject, handler)) return [];
  const callees = [handler, ...targetsOf(needs.dependencies)];
  if (callees.some((id) => id === null || subject.db.get(mayReadPath, id))) return [];
  return untaken;
}

/** `null` for what is of another package and not FastAPI's own. */
function targetsOf(dependencies: readonly Dependency[]): (string | null)[] {
  return dependencies.flatMap(({ target, external, dependencies: inner }) => [
    ...(target === null && external?.startsWith('fastapi.') ? [] : [target]),
    ...targetsOf(inner),
  ]);
}

/** A decorator below may give the function another signature. */
function hasOpenEnd(subject: Subject, handler: string): boolean {
  const signature = subject.db.get(functionSignature, handler);
  return signature?.parameters.some(({ kind }) => kind === '*' || kind === '**') ?? true;
}

/** What of a request says nothing about its path. */
const HARMLESS =
  'headers|cookies|client|state|app|json|body|form|stream|method|query_params|session|user|auth|' +
  'is_disconnected|accept|close|send_\\w+|receive_\\w+|iter_\\w+';

/** By id: whether a function, or a class, is given the request and does more with it than reading what is not its path. */
const mayReadPath = defineQuery<boolean>('may read path', (db, id) => {
  const definition = definitionOf(db, id)?.node;
  if (definition?.type !== 'class') return handsOnPath(db, id);
  return [`${id}/__init__~0`, `${id}>__init__~0`].some(
    (init) => functionOf(db, init) && handsOnPath(db, init),
  );
});

function handsOnPath(db: Reader, id: string): boolean {
  const node = functionOf(db, id);
  if (node === undefined) return true;
  const outer = outerScopeOf(id);
  const { evaluator, textOf } = subjectOf(db, blockOf(id));
  const body = textOf({ start: node.parametersEnd, end: node.end });
  return node.parameters.some(({ name, annotation }) => {
    if (annotation === undefined) return false;
    const value = evaluator.annotated(annotation, outer);
    const isRequest = /(?:Request|HTTPConnection|WebSocket)$/.test(externalClassOf(value) ?? '');
    if (!isRequest) return false;
    const rest = body.replaceAll(new RegExp(`\\b${name}\\.(?:${HARMLESS})\\b`, 'g'), '');
    return new RegExp(`\\b${name}\\b`).test(rest);
  });
}

const SCALARS =
  /^(?:builtins\.(?:str|int|float|bool)|uuid\.UUID|datetime\.(?:date|datetime|time)|decimal\.Decimal)$/;

/**
 * The one parameter of a handler that FastAPI must have from the query, when there is just one such and one of the path
 * that nothing takes: most likely they are the same.
 */
export function misnamedFor(subject: Subject, route: ServedRoute): string | undefined {
  const node = route.handler === null ? undefined : functionOf(subject.db, route.handler);
  if (node === undefined || route.handler === null) return undefined;
  const untaken = untakenParameters(subject, route);
  const inPath = new Set(pathParameters(route.path).map(({ name }) => name));
  const outer = outerScopeOf(route.handler);
  const wanted = node.parameters.filter(({ name, annotation, default: given }) => {
    if (inPath.has(name) || given !== undefined || annotation === undefined) return false;
    if (!route.needs.parameters.some((one) => one.name === name && one.marker === null))
      return false;
    const value = subject.evaluator.annotated(annotation, outer);
    return SCALARS.test(externalClassOf(value) ?? '');
  });
  const [only] = wanted;
  return wanted.length === 1 && untaken.length === 1 ? only?.name : undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  str: 'str',
  path: 'str',
  int: 'int',
  float: 'float',
};

/** The text of a new first parameter of a route's function and where it goes; nothing where that is not plain. */
export function roomForParameter(
  subject: Subject,
  { handler, at }: ServedRoute,
  name: string,
  convertor: string,
): { block: string; start: number; end: number; text: string } | undefined {
  const node = handler === null ? undefined : functionOf(subject.db, handler);
  const type = TYPES[convertor];
  if (node === undefined || handler === null || type === undefined) return undefined;
  // Its own decorator, not a call somewhere else: and no method, whose first parameter is another.
  if (blockOf(handler) !== at.block || at.start > node.nameStart) return undefined;
  if (enclosingOf(handler) !== null && node.parameters[0]?.name === 'self') return undefined;
  if (node.parameters.some(({ kind }) => kind === 'positional-only')) return undefined;
  const { text } = subject.db.get(blockSource, at.block);
  const start = node.nameStart + node.name.length + 1;
  if (text[start - 1] !== '(') return undefined;
  const [space = ''] = /^\s*/.exec(text.slice(start)) ?? [];
  const declared = `${name}: ${type}`;
  const isEmpty = node.parameters.length === 0;
  const added =
    space.includes('\n') && !isEmpty ? `${space}${declared},` : `${declared}${isEmpty ? '' : ', '}`;
  return { block: at.block, start, end: start, text: added };
}
