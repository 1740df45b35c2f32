/** `TemplateResponse` as it was called before Starlette 1: the name of the template first. */
import { functionOf } from '../../python/definitions.ts';
import type { Call, Expression } from '../../syntax/nodes.ts';
import { isInstanceOf } from '../classes.ts';
import { argumentOf } from '../routes.ts';
import type { Subject } from '../subject.ts';
import { isOnStarlette0 } from '../versions.ts';

export interface OldTemplateCall {
  /** `request` is missing among the keywords, or the name of the template stands where it belongs. */
  readonly isByKeyword: boolean;
  /** What the request is called there. */
  readonly request: string | undefined;
}

const METHOD = 'starlette.templating.Jinja2Templates.TemplateResponse';
const REQUESTS: ReadonlySet<string> = new Set(['starlette.requests.Request', 'fastapi.Request']);

/** A call that gives no request where Starlette 1 looks for it. */
export function oldTemplateCall(
  subject: Subject,
  name: string,
  call: Call,
  scope: string,
): OldTemplateCall | undefined {
  // Starlette 0 takes both.
  if (name !== METHOD || isOnStarlette0(subject.db, subject.path)) return undefined;
  const { args } = call;
  if (args.some(({ star }) => star !== undefined)) return undefined;
  if (argumentOf(call, 'request') !== undefined) return undefined;
  const [first] = args.filter((one) => one.name === undefined);
  const isByKeyword = first === undefined;
  if (!isByKeyword && !isText(subject, first.value, scope)) return undefined;
  return { isByKeyword, request: requestIn(subject, call, scope) };
}

function isText(subject: Subject, expression: Expression, scope: string): boolean {
  return isInstanceOf(
    subject.evaluator,
    subject.meaningOf(expression, scope),
    new Set(['builtins.str']),
  );
}

/** The `request` of the context, else the parameter of the function around. */
function requestIn(subject: Subject, call: Call, scope: string): string | undefined {
  const positional = call.args.filter((one) => one.name === undefined);
  const context = argumentOf(call, 'context') ?? positional[1]?.value;
  const entry =
    context?.type === 'dict' &&
    context.entries.find(({ key }) => key?.type === 'string' && key.value === 'request');
  if (entry && entry.value.type === 'name') return entry.value.id;
  return functionOf(subject.db, scope)?.parameters.find(
    ({ annotation }) => annotation && REQUESTS.has(subject.nameOf(annotation, scope) ?? ''),
  )?.name;
}
