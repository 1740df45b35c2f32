import { defineRule } from '../../engine/rule.ts';
import { isHttpException } from '../../fastapi/classes.ts';
import { isDependency } from '../../fastapi/dependencies.ts';
import { isHandler } from '../../fastapi/handlers.ts';
import { mayBeNone } from '../../fastapi/response/absent.ts';
import type { Subject } from '../../fastapi/subject.ts';
import type { FunctionDef } from '../../syntax/nodes.ts';
import { headOf } from '../../syntax/parts.ts';

/** `-> HTTPException` says that the dependency hands the exception to whoever raises it. */
function isMeant({ returns }: FunctionDef, scope: string, { evaluator }: Subject): boolean {
  return returns !== undefined && isHttpException(evaluator, evaluator.annotated(returns, scope));
}

export const exceptionReturned = defineRule({
  name: 'response/exception-returned',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    route:
      '`return {call}` sends no error: FastAPI answers 200 with the exception as JSON, or 500 where a response model is declared. Raise it.',
    dependency:
      '`return {call}` stops nothing: the path operation runs with the exception as the value of this dependency. Raise it.',
  },
  fixes: {
    raise: { applicability: 'quick', title: 'Raise the exception' },
  },
  check: {
    returned({ node, expression, value, scope, function: around }, { report, subject }) {
      if (!isHttpException(subject.evaluator, value)) return;
      const inRoute = isHandler(subject, scope);
      if (!inRoute && !(isDependency(subject.db, scope) && !isMeant(around, scope, subject)))
        return;
      const keyword = { start: node.start, end: node.start + 'return'.length };
      const call = subject.textOf(headOf(expression));
      report(
        inRoute ? 'route' : 'dependency',
        node,
        { call: expression.type === 'call' ? `${call}(...)` : call },
        // `raise None` is another error.
        mayBeNone(subject, expression, scope)
          ? {}
          : { fix: { fix: 'raise', replace: [{ ...keyword, text: 'raise' }] } },
      );
    },
  },
});
