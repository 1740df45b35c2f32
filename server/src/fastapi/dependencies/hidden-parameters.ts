/** Decorators of the project around routes: what their wrappers want, and FastAPI does not see. */
import {
  blockOf,
  definitionsIn,
  enclosingOf,
  functionOf,
  outerScopeOf,
} from '../../python/definitions.ts';
import { sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import type { Expression, FunctionDef, Parameter } from '../../syntax/nodes.ts';
import { headOf } from '../../syntax/parts.ts';
import { blockSource } from '../../syntax/source.ts';
import { markersOf } from '../markers.ts';
import { subjectOf } from '../subject.ts';

export interface HiddenParameter {
  /** The wrapper's definition id. */
  readonly wrapper: string;
  readonly block: string;
  readonly parameter: Parameter;
}

/** By a handler's id: the parameters with a marker that wrappers around it have, and it has not. */
export const hiddenParameters = defineQuery<readonly HiddenParameter[]>(
  'hidden parameters',
  (db, handler) => {
    const node = functionOf(db, handler);
    if (node === undefined) return [];
    return node.decorators.flatMap((decorator) => {
      const maker = makerOf(db, decorator, handler);
      return maker === undefined ? [] : hiddenBy(db, maker, node);
    });
  },
);

/** The function of the project that a decorator is, or that gives it. */
function makerOf(db: Reader, decorator: Expression, handler: string): string | undefined {
  const outer = outerScopeOf(handler);
  const value = subjectOf(db, blockOf(handler)).meaningOf(headOf(decorator), outer);
  return value?.kind === 'function' ? value.id : undefined;
}

function hiddenBy(db: Reader, maker: string, handler: FunctionDef): readonly HiddenParameter[] {
  const block = blockOf(maker);
  const { text } = db.get(blockSource, block);
  // Whoever writes a signature shows FastAPI what it is to see.
  if (!text.includes('wraps') || /__signature__|__wrapped__/.test(text)) return [];
  const subject = subjectOf(db, block);
  return db.get(definitionsIn, block).flatMap(({ id, node }): readonly HiddenParameter[] => {
    if (node.type !== 'function' || !id.startsWith(`${maker}>`)) return [];
    const outer = enclosingOf(id) ?? maker;
    const wraps = node.decorators.some(
      (one) => one.type === 'call' && subject.nameOf(one.callee, outer) === 'functools.wraps',
    );
    // Something else that is given the wrapper may give it a signature.
    if (!wraps || node.decorators.length > 1 || isHandedOn(db, block, node.name)) return [];
    return node.parameters
      .filter(({ name }) => handler.parameters.every((own) => own.name !== name))
      .filter((parameter) => markersOf(subject, parameter, { outer }).length > 0)
      .map((parameter) => ({ wrapper: id, block, parameter }));
  });
}

function isHandedOn(db: Reader, block: string, wrapper: string): boolean {
  return sitesOf(db, block).names.some(
    ({ node, use }) => node.id === wrapper && use.kind === 'argument',
  );
}
