import { defineRule } from '../../engine/rule.ts';
import { isHttpException } from '../../fastapi/classes.ts';
import { instanceOf } from '../../python/values.ts';

export const exceptionNotRaised = defineRule({
  name: 'response/exception-not-raised',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test'],
  proof: true,
  messages: {
    dropped:
      '`{call}(...)` makes an exception and drops it: what follows runs as if nothing were wrong. Raise it.',
  },
  fixes: {
    raise: { applicability: 'quick', title: 'Raise the exception' },
  },
  check: {
    anyCall({ node, isStatement, isAwaited, scope, statements }, { report, subject }) {
      if (!isStatement || isAwaited) return;
      const callee = subject.meaningOf(node.callee, scope);
      if (!isHttpException(subject.evaluator, callee && instanceOf(callee))) return;
      const around = statements[statements.length - 1];
      const isWhole = around?.type === 'expression' && around.value === node;
      report(
        'dropped',
        node,
        { call: subject.textOf(node.callee) },
        isWhole
          ? {
              fix: {
                fix: 'raise',
                replace: [{ start: around.start, end: around.start, text: 'raise ' }],
              },
            }
          : {},
      );
    },
  },
});
