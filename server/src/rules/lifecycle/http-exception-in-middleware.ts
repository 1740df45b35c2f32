import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { spelled } from '../../fastapi/calls.ts';
import { handlesEverything } from '../../fastapi/handling.ts';
import { mayBeCaughtOutside, raisedInMiddleware } from '../../fastapi/middleware.ts';
import { argumentOf } from '../../fastapi/routes.ts';
import type { Subject } from '../../fastapi/subject.ts';
import type { Expression, FunctionDef, Raise } from '../../syntax/nodes.ts';
import { ownStatements } from '../../syntax/walk.ts';

export const httpExceptionInMiddleware = defineRule({
  name: 'lifecycle/http-exception-in-middleware',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    raised:
      '`{raised}` in a middleware is answered with 500: what turns it into a response is further in, around the routes. Return a response instead: `return JSONResponse(...)`.',
    through:
      '`{call}` raises `{raised}`, which in a middleware is answered with 500: what turns it into a response is further in, around the routes. Catch it here, and return a response.',
  },
  fixes: { return: { applicability: 'quick', title: 'Return a `JSONResponse`' } },
  check: {
    function(site, { report, subject }) {
      const leaving = raisedInMiddleware(subject, site);
      if (leaving.length === 0 || handlesEverything(subject.db)) return;
      if (mayBeCaughtOutside(subject, site)) return;
      for (const { at, raised, through } of leaving) {
        const data = { raised: raised.text };
        if (through !== undefined)
          report('through', at, { ...data, call: spelled(through.callee) });
        else report('raised', at, data, { fix: returned(subject, site.node, at) });
      }
    },
  },
});

const OWN = /^(?:fastapi|starlette\.exceptions)\.HTTPException$/;

/** Where the status and the detail are said. */
function returned(
  subject: Subject,
  { body }: FunctionDef,
  { start, end }: { readonly start: number; readonly end: number },
): FixPlan<'return'> | undefined {
  const raise = [...ownStatements(body)].find(
    (one): one is Raise => one.type === 'raise' && one.start === start,
  );
  const call = raise?.exception;
  if (call?.type !== 'call' || call.args.some(({ star }) => star !== undefined)) return undefined;
  const scope = subject.block;
  if (!OWN.test(subject.nameOf(call.callee, scope) ?? '')) return undefined;
  const positional = call.args.filter(({ name }) => name === undefined);
  const given = (name: string, index: number): Expression | undefined =>
    argumentOf(call, name) ?? positional[index]?.value;
  const [status, detail, headers] = [
    given('status_code', 0),
    given('detail', 1),
    given('headers', 2),
  ];
  if (status === undefined || detail === undefined) return undefined;
  const more = headers === undefined ? '' : `, headers=${subject.textOf(headers)}`;
  const text = `return JSONResponse({"detail": ${subject.textOf(detail)}}, status_code=${subject.textOf(status)}${more})`;
  return {
    fix: 'return',
    replace: [{ start, end, text }],
    imports: [{ module: 'fastapi.responses', name: 'JSONResponse' }],
  };
}
