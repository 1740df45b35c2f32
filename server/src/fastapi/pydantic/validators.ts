/** Validators as Pydantic 1 had them. */
import type { FunctionSite } from '../../python/sites.ts';
import type { Call, Expression, FunctionDef, Span } from '../../syntax/nodes.ts';
import { headOf } from '../../syntax/parts.ts';
import { argumentOf } from '../routes.ts';
import type { Subject } from '../subject.ts';
import { indentAt } from '../text.ts';

export interface OldValidator {
  readonly kind: 'validator' | 'root_validator';
  readonly decorator: Expression;
  /** As it is written: `validator`, `pydantic.root_validator`. */
  readonly name: string;
  readonly isBefore: boolean;
  /** Pydantic 2 refuses it when the class is made. */
  readonly isRefused: boolean;
  /** A parameter that Pydantic 2 refuses to give it. */
  readonly removed: string | undefined;
  /** How it becomes a validator of Pydantic 2, where that takes no more than other words. */
  readonly plain: Plain | undefined;
}

export interface Plain {
  /** The name itself, without what stands before a dot. */
  readonly callee: Span;
  readonly isImported: boolean;
  /** `pre=True`. */
  readonly mode: Span | undefined;
  /** Where `@classmethod` goes, when it is not there yet. */
  readonly classMethod:
    | { readonly start: number; readonly end: number; readonly text: string }
    | undefined;
}

const KINDS: Readonly<Record<string, OldValidator['kind']>> = {
  'pydantic.validator': 'validator',
  'pydantic.root_validator': 'root_validator',
};

/** The decorators of a function that are Pydantic 1's validators; not those of attrs or marshmallow. */
export function oldValidatorsOf(
  subject: Subject,
  { node, outer }: FunctionSite,
): readonly OldValidator[] {
  return node.decorators.flatMap((decorator): readonly OldValidator[] => {
    const head = headOf(decorator);
    const kind = KINDS[subject.nameOf(head, outer) ?? ''];
    if (kind === undefined) return [];
    const call = decorator.type === 'call' ? decorator : undefined;
    const pre = call && argumentOf(call, 'pre');
    const isBefore = pre?.type === 'true';
    const refusal = kind === 'validator' ? undefined : refusalOf(call);
    return [
      {
        kind,
        decorator,
        name: subject.textOf(head),
        isBefore,
        isRefused: refusal === true,
        removed: kind === 'validator' ? removedParameter(node) : undefined,
        plain: plainOf(subject, node, decorator, kind),
      },
    ];
  });
}

/** Neither `pre=True` nor `skip_on_failure=True`; not when either can't be read. */
function refusalOf(call: Call | undefined): boolean {
  const given = ['pre', 'skip_on_failure'].map((name) => call && argumentOf(call, name));
  if (call?.args.some(({ star }) => star !== undefined)) return false;
  return given.every((value) => value === undefined || value.type === 'false');
}

function removedParameter({ parameters }: FunctionDef): string | undefined {
  return parameters.slice(2).find(({ name }) => name === 'field' || name === 'config')?.name;
}

const CARRIED: ReadonlySet<string> = new Set(['pre', 'check_fields']);

function plainOf(
  subject: Subject,
  { decorators, parameters }: FunctionDef,
  decorator: Expression,
  kind: OldValidator['kind'],
): Plain | undefined {
  if (decorator.type !== 'call' || parameters.length !== 2) return undefined;
  if (parameters.some((one) => one.kind !== 'normal' || one.default !== undefined))
    return undefined;
  const { callee, args } = decorator;
  const isCarried = args.every(({ name, star, value }) =>
    name === undefined
      ? star === undefined && value.type === 'string'
      : CARRIED.has(name) && (name !== 'pre' || value.type === 'true'),
  );
  const mode = args.find(({ name }) => name === 'pre');
  if (!isCarried || (kind === 'root_validator' && mode === undefined)) return undefined;
  const own = callee.type === 'attribute' ? { start: callee.nameStart, end: callee.end } : callee;
  if (callee.type !== 'name' && callee.type !== 'attribute') return undefined;
  const last = decorators.indexOf(decorator) === decorators.length - 1;
  if (!last && decorators.length > decorators.indexOf(decorator) + 2) return undefined;
  const next = decorators[decorators.indexOf(decorator) + 1];
  if (next !== undefined && subject.textOf(next) !== 'classmethod') return undefined;
  const indent = indentAt(subject, decorator.start);
  const text = `\n${indent}@classmethod`;
  return {
    callee: own,
    isImported: callee.type === 'name',
    mode,
    classMethod: next ? undefined : { start: decorator.end, end: decorator.end, text },
  };
}
