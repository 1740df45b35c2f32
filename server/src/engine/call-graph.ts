/** Who runs whom, with places: what a call hierarchy and "why here?" show. */
import { callersOf } from '../fastapi/effects/callers.ts';
import { blockingWaysIn, displayName } from '../fastapi/effects/effects.ts';
import type { Leaf } from '../fastapi/effects/leaves.ts';
import { type Reach, reachOf, type Where } from '../fastapi/effects/reach.ts';
import { edgesOf } from '../fastapi/effects/runs.ts';
import { calledFunctions } from '../fastapi/effects/targets.ts';
import type { How } from '../fastapi/effects/uses.ts';
import { type Entry, entriesOf } from '../fastapi/served.ts';
import { subjectOf } from '../fastapi/subject.ts';
import { blockOf, definitionOf, functionAt, pathOf } from '../python/definitions.ts';
import { moduleName } from '../python/modules.ts';
import { functionSignature } from '../python/signatures.ts';
import { sitesOf } from '../python/sites.ts';
import type { Reader } from '../query/database.ts';
import type { Block } from '../syntax/blocks.ts';
import type { Span } from '../syntax/nodes.ts';
import { type BlockShape, fileLayout, fileShape } from '../syntax/source.ts';
import type { Position, Range } from './diagnostic.ts';
import { absolute, fileLines } from './present.ts';

export interface Location {
  readonly path: string;
  readonly range: Range;
}

/** A function of the project, or what stands in the place of one: a module's own code, a route, a call that blocks. */
export interface Callable extends Location {
  readonly kind: 'function' | 'module' | 'route' | 'leaf';
  /** What it is known by; empty for what can't be asked about. */
  readonly id: string;
  /** `ReportService.build`, `GET /users/{user_id}`, `requests.get`. */
  readonly name: string;
  /** What stands beside the name: its module, the rule about what blocks; of a route `loop` or `thread`. */
  readonly detail: string;
  /** Of the whole definition. */
  readonly whole: Range;
}

export interface CallRelation {
  readonly other: Callable;
  readonly how: How;
  /** Where the caller does it, in the caller's file. */
  readonly ranges: readonly Range[];
}

/** A way up from the function that was asked about. */
export interface RouteWay {
  readonly kind: Entry['kind'];
  readonly title: string;
  readonly where: Where;
  readonly isDependency: boolean;
  /** From what FastAPI calls down to the function itself. */
  readonly hops: readonly Callable[];
}

/** A way down: where it begins in the function, each call on it, and what blocks in the end. */
export interface BlockingWay {
  readonly at: Location;
  readonly names: readonly string[];
  readonly hops: readonly (Location & { readonly name: string })[];
  /** The public name of what blocks. */
  readonly leaf: string;
  readonly rule: string;
  readonly level: Leaf['level'];
  /** It begins on the line that was asked about. */
  readonly isHere: boolean;
}

export interface WhyHere {
  readonly function: Callable;
  readonly isAsync: boolean;
  readonly ways: readonly RouteWay[];
  /** Somebody may run it in a way that can't be followed. */
  readonly isOpen: boolean;
  readonly blocks: readonly BlockingWay[];
}

/** Why the code at a place runs where it does; nothing outside of every function. */
export function whyHere(db: Reader, path: string, position: Position): WhyHere | null {
  const id = functionAround(db, path, position);
  const own = id === undefined ? undefined : callable(db, id);
  if (id === undefined || own === undefined) return null;
  const { ways, isOpen }: Reach = reachOf(db, id);
  return {
    function: own,
    isAsync: db.get(functionSignature, id)?.isAsync === true,
    isOpen,
    ways: ways.map(({ entry, where, functions }) => ({
      kind: entry.kind,
      title: entry.title,
      where,
      isDependency: entry.isDependency,
      hops: functions.flatMap((one) => callable(db, one) ?? []),
    })),
    blocks: blockingWaysIn(db, id)
      .map(({ at, way, leaf }): BlockingWay => {
        const place = absolute(db, at, at.block);
        const hops = way === null ? [] : [...way.hops, leaf];
        return {
          at: place,
          names: way?.names ?? [],
          hops: hops.map((hop) => ({ ...absolute(db, hop, hop.block), name: hop.text })),
          leaf: leafName(leaf),
          rule: leaf.rule,
          level: leaf.level,
          isHere: place.range.start.line <= position.line && position.line <= place.range.end.line,
        };
      })
      .sort((one, other) => Number(other.isHere) - Number(one.isHere)),
  };
}

/** What a call hierarchy begins with: the function that is called or defined at a place, else the one around it. */
export function callableAt(db: Reader, path: string, position: Position): Callable | null {
  const place = placeAt(db, path, position);
  if (place === undefined) return null;
  const { block, offset } = place;
  const subject = subjectOf(db, block);
  const { calls, references, names } = sitesOf(db, block);
  const named = [
    ...calls.map(({ node, scope }) => ({ node: node.callee, scope })),
    ...references,
    ...names,
  ]
    .filter(({ node }) => isInside(offset, lastName(node)))
    .flatMap(({ node, scope }) => {
      const value = subject.meaningOf(node, scope);
      return value === undefined ? [] : calledFunctions(subject, value);
    });
  const id = named[0] ?? functionAround(db, path, position);
  return (id === undefined ? undefined : callable(db, id)) ?? null;
}

/** Of an attribute chain the name that the place may be on. */
function lastName(node: Span & { readonly nameStart?: number }): Span {
  return { start: node.nameStart ?? node.start, end: node.end };
}

/** Who runs a function: other functions, the code of a module, and the routes that FastAPI calls it for. */
export function incoming(db: Reader, id: string): readonly CallRelation[] {
  const own = callable(db, id);
  if (own === undefined) return [];
  const routes = entriesOf(db, id).flatMap((entry): CallRelation[] => {
    if (entry.at === null) return [];
    const at = absolute(db, entry.at, entry.at.block);
    const isAsync = db.get(functionSignature, id)?.isAsync === true;
    const route: Callable = {
      ...at,
      kind: 'route',
      id: '',
      name: entry.title,
      detail: isAsync ? 'loop' : 'thread',
      whole: at.range,
    };
    return [{ other: route, how: isAsync ? 'runs' : 'thread', ranges: [at.range] }];
  });
  return [
    ...routes,
    ...db.get(callersOf, id).flatMap(({ from, how }) => callerOf(db, id, from, how)),
  ];
}

function callerOf(db: Reader, id: string, from: string, how: How): CallRelation[] {
  const other = callable(db, from);
  if (other === undefined) return [];
  const ranges = db
    .get(edgesOf, from)
    .filter(({ target }) => target === id)
    .map((edge) => absolute(db, edge, edge.block).range);
  return [{ other, how, ranges: ranges.length > 0 ? ranges : [other.range] }];
}

/** What a function runs, and the calls in it that hold up its thread. */
export function outgoing(db: Reader, id: string): readonly CallRelation[] {
  const found = new Map<
    string,
    { readonly other: Callable; readonly how: How; readonly ranges: Range[] }
  >();
  const add = (key: string, other: Callable | undefined, how: How, range: Range) => {
    const known = found.get(key);
    if (known !== undefined) known.ranges.push(range);
    else if (other !== undefined) found.set(key, { other, how, ranges: [range] });
  };
  for (const edge of db.get(edgesOf, id)) {
    const { range } = absolute(db, edge, edge.block);
    add(edge.target, callable(db, edge.target), edge.isLater ? 'later' : 'runs', range);
  }
  for (const { at, way, leaf } of blockingWaysIn(db, id)) {
    if (way !== null) continue;
    const place = absolute(db, at, at.block);
    const other = {
      kind: 'leaf',
      id: '',
      name: leafName(leaf),
      detail: leaf.rule,
      whole: place.range,
    } as const;
    add(`leaf ${leaf.name}`, { ...place, ...other }, 'runs', place.range);
  }
  return [...found.values()];
}

/** `requests.get`, `open`. */
function leafName({ name }: Leaf): string {
  return name.replace(/^builtins\./, '');
}

function callable(db: Reader, id: string): Callable | undefined {
  const path = pathOf(id);
  const node = definitionOf(db, id)?.node;
  const detail = moduleName(db, path);
  if (node?.type !== 'function') {
    const range = absolute(db, { start: 0, end: 0 }, blockOf(id)).range;
    return { kind: 'module', id: '', name: detail, detail: path, path, range, whole: range };
  }
  const { nameStart, name, start, end } = node;
  const { range } = absolute(db, { start: nameStart, end: nameStart + name.length }, blockOf(id));
  const whole = absolute(db, { start, end }, blockOf(id)).range;
  return { kind: 'function', id, name: displayName(id), detail, path, range, whole };
}

/** The innermost function around a place, its header and decorators too. */
function functionAround(db: Reader, path: string, position: Position): string | undefined {
  const place = placeAt(db, path, position);
  return place && functionAt(db, place.block, place.offset);
}

function isInside(offset: number, { start, end }: Span): boolean {
  return start <= offset && offset <= end;
}

/** The innermost block around a position, and the offset in it. */
function placeAt(db: Reader, path: string, { line, character }: Position) {
  const lines = db.get(fileLines, path);
  const from = lines.startOf(line);
  const offset = Math.min(from + character, Math.max(from, lines.startOf(line + 1) - 1));
  // A place in the indentation is meant for what stands after it.
  const find = (
    layout: readonly Block[],
    shape: readonly BlockShape[],
  ): { readonly block: string; readonly offset: number } | undefined => {
    for (const [index, block] of layout.entries()) {
      const known = shape[index];
      const isHere = lineStart(block.start) <= offset && offset <= block.end;
      if (!isHere || known === undefined) continue;
      return (
        find(block.members, known.members) ?? {
          block: known.id,
          offset: Math.max(0, offset - block.start),
        }
      );
    }
    return undefined;
  };
  const lineStart = (at: number) => lines.startOf(lines.positionAt(at).line);
  return find(db.get(fileLayout, path), db.get(fileShape, path));
}
