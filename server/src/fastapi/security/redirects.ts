/** Redirects to where a request says. */
import type { CallSite } from '../../python/sites.ts';
import { sitesOf } from '../../python/sites.ts';
import type { Call, Expression } from '../../syntax/nodes.ts';
import type { NamedCall } from '../calls.ts';
import { isInstanceOf } from '../classes.ts';
import { argumentOf } from '../routes.ts';
import type { Subject } from '../subject.ts';
import { isFreeText, isLookedAt } from './request-paths.ts';

const REQUESTS: ReadonlySet<string> = new Set(['fastapi.Request']);
/** How many assignments are gone back through. */
const HOPS = 3;

/** What a redirect's target begins with, where a request says that and nobody looks at it. */
export function requestedTarget(subject: Subject, call: NamedCall): Expression | undefined {
  const { function: around, name, node, scope } = call;
  if (name !== 'starlette.responses.RedirectResponse' || around === undefined) return undefined;
  const given = argumentOf(node, 'url') ?? node.args.find((one) => one.name === undefined)?.value;
  const source = given && sourceOf(subject, given, scope, HOPS);
  if (source === undefined) return undefined;
  const body = subject.textOf({ start: around.parametersEnd, end: around.end });
  if (CHECKED.test(body) || isLookedAt(subject, source, scope)) return undefined;
  return isHandedOn(subject, call, source) ? undefined : source;
}

/** The first part of an address decides where it leads: what follows a path of one's own stays there. */
function sourceOf(
  subject: Subject,
  expression: Expression,
  scope: string,
  hops: number,
): Expression | undefined {
  const of = (one: Expression) => sourceOf(subject, one, scope, hops);
  switch (expression.type) {
    case 'boolean':
      return of(expression.left) ?? of(expression.right);
    case 'conditional':
      return of(expression.body) ?? of(expression.orelse);
    case 'binary':
      return expression.operator === '+' ? of(expression.left) : undefined;
    case 'fstring': {
      const [first, second] = expression.parts;
      // `/` and `/evil.example` make `//evil.example`, which is another host.
      const part = first === '/' ? second : first;
      return part === undefined || typeof part === 'string' ? undefined : of(part);
    }
    case 'subscript':
      return isQuery(subject, expression.object, scope) ? expression : undefined;
    case 'call': {
      const { callee } = expression;
      const isGet = callee.type === 'attribute' && callee.name === 'get';
      return isGet && isQuery(subject, callee.object, scope) ? expression : undefined;
    }
    case 'name': {
      const traced = subject.evaluator.trace(expression.id, scope);
      const [only, ...others] = traced?.kind === 'bindings' ? traced.bindings : [];
      if (only === undefined || others.length > 0 || traced?.kind !== 'bindings') return undefined;
      if (only.kind === 'value' && only.value !== undefined && hops > 0)
        return sourceOf(subject, only.value, only.scope, hops - 1);
      const isSent =
        only.kind === 'parameter' && isFreeText(subject, only.parameter, only.index, traced.scope);
      return isSent ? expression : undefined;
    }
    default:
      return undefined;
  }
}

/** `request.query_params` */
function isQuery(subject: Subject, expression: Expression, scope: string): boolean {
  return (
    expression.type === 'attribute' &&
    expression.name === 'query_params' &&
    isInstanceOf(subject.evaluator, subject.meaningOf(expression.object, scope), REQUESTS)
  );
}

/** What looks at an address, whatever it then does. */
const CHECKED =
  /urlparse|urlsplit|netloc|hostname|\bURL\(|\bstartswith\(|\bis_?(?:safe|allowed|valid)|\bsafe_|_safe\b|\bcheck_|\bvalidat|\bverif|allowed|trusted|whitelist|\bsign|\bre\.|redirect_uris/i;

/** Whether something else of the function is given it as well, which may well look at it. */
function isHandedOn(subject: Subject, call: CallSite, source: Expression): boolean {
  const text = subject.textOf(source);
  return sitesOf(subject.db, subject.block).calls.some(
    ({ node, scope }) => scope === call.scope && node !== call.node && takes(subject, node, text),
  );
}

function takes(subject: Subject, { args, callee }: Call, text: string): boolean {
  const isLog =
    callee.type === 'attribute' && /^(?:debug|info|warning|error|exception)$/.test(callee.name);
  return !isLog && args.some(({ value }) => subject.textOf(value) === text);
}
