import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { isResponse } from '../../fastapi/classes.ts';
import { routesHandledBy } from '../../fastapi/handlers.ts';
import { tupleAnswer } from '../../fastapi/response/pairs.ts';
import { sentBy } from '../../fastapi/response/sent.ts';
import type { Returned } from '../../fastapi/returns.ts';
import type { Subject } from '../../fastapi/subject.ts';
import type { Expression } from '../../syntax/nodes.ts';

export const tupleStatus = defineRule({
  name: 'response/tuple-status',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    list: 'FastAPI doesn’t read a status from a tuple: it answers 200 with a list of the body and {status}. Return a response that has the status, or raise `HTTPException`.',
    fails:
      'FastAPI doesn’t read a status from a tuple: the whole of it is the body, which does not fit what the route declares, so it answers 500 and not {status}. Return a response that has the status, or raise `HTTPException`.',
  },
  fixes: {
    response: { applicability: 'quick', title: 'Return a `JSONResponse` with the status {status}' },
  },
  check: {
    returned(returned, { report, subject }) {
      const { expression, scope, node } = returned;
      const routes = routesHandledBy(subject, scope).filter(({ kind }) => kind === 'http');
      const answer = tupleAnswer(subject, routes, expression, scope);
      if (answer === undefined) return;
      const { status, becomes } = answer;
      // A success in place of a declared model would go past the model.
      const fix =
        becomes === 'fails' && status < 400 ? undefined : asResponse(subject, returned, status);
      report(becomes, node, { status: String(status) }, { fix });
    },
  },
});

/** `return body, 404` becomes `return JSONResponse(body, status_code=404)`. */
function asResponse(
  subject: Subject,
  { expression, scope, node }: Returned,
  status: number,
): FixPlan<'response'> | undefined {
  if (expression.type !== 'tuple' || expression.elements.length !== 2) return undefined;
  const [body, code] = expression.elements;
  if (body === undefined || code === undefined || /#/.test(subject.textOf(node))) return undefined;
  if (isResponse(subject.evaluator, subject.meaningOf(body, scope))) return undefined;
  // Starlette's `JSONResponse` sends only what JSON has.
  if (sentBy(subject, body, scope) !== 'scalar' && !isMessage(body)) return undefined;
  const text = `return JSONResponse(${subject.textOf(body)}, status_code=${codeOf(subject, code, status)})`;
  return {
    fix: 'response',
    replace: [{ start: node.start, end: node.end, text }],
    imports: [{ module: 'fastapi.responses', name: 'JSONResponse' }],
  };
}

function codeOf(subject: Subject, code: Expression, status: number): string {
  return code.type === 'number' ? String(status) : subject.textOf(code);
}

/** `{"detail": f"no user {user_id}"}`. */
function isMessage(body: Expression): boolean {
  return (
    body.type === 'dict' &&
    body.entries.every(({ value }) => value.type === 'string' || value.type === 'fstring')
  );
}
