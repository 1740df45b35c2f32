/** Which parameter each argument of a call is for. */
import { enclosingOf } from '../../python/definitions.ts';
import { classSignature, functionSignature } from '../../python/signatures.ts';
import type { Call, Expression } from '../../syntax/nodes.ts';
import type { Subject } from '../subject.ts';

export interface Handed {
  readonly parameter: string;
  readonly value: Expression;
}

/** What a function's parameters are given by a call, the object of a method as well; `*rest` and `**rest` may be for any of them. */
export function handedTo(
  { db, evaluator }: Subject,
  target: string,
  call: Call,
): readonly Handed[] {
  const parameters = db.get(functionSignature, target)?.parameters ?? [];
  const owner = enclosingOf(target);
  const isMethod = owner !== null && db.get(classSignature, owner) !== null;
  const takesSelf = isMethod && !evaluator.hasDecorator(target, 'builtins.staticmethod');
  const places = parameters
    .slice(takesSelf ? 1 : 0)
    .filter(({ kind }) => kind === 'normal' || kind === 'positional-only');
  const rest = (kind: '*' | '**') => parameters.find((one) => one.kind === kind);
  const found: Handed[] = [];
  const give = (parameter: { readonly name: string } | undefined, value: Expression) => {
    if (parameter !== undefined) found.push({ parameter: parameter.name, value });
  };
  if (takesSelf && call.callee.type === 'attribute') give(parameters[0], call.callee.object);
  let index = 0;
  for (const { name, star, value } of call.args) {
    if (star !== undefined) for (const one of parameters) give(one, value);
    else if (name !== undefined)
      give(parameters.find((one) => one.name === name) ?? rest('**'), value);
    else give(places[index++] ?? rest('*'), value);
  }
  return found;
}
