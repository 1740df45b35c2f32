import { defineRule } from '../../engine/rule.ts';
import { argumentRemoved } from '../../fastapi/edits.ts';
import {
  deprecatedClassArgument,
  isDeprecatedResponse,
} from '../../fastapi/response/deprecated-responses.ts';
import { lastPart } from '../../python/values.ts';

export const deprecatedJsonResponse = defineRule({
  name: 'response/deprecated-json-response',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test'],
  proof: true,
  messages: {
    argument:
      '`{name}` is deprecated since FastAPI 0.131, and warns with every response: with a return type FastAPI writes JSON by Pydantic, which is faster. Leave `{argument}` out.',
    call: '`{name}` is deprecated since FastAPI 0.131, and warns with every response. Return the data with a return type, or a `JSONResponse`.',
  },
  fixes: {
    remove: { applicability: 'quick', title: 'Leave `{argument}` out' },
  },
  check: {
    anyCall({ node, scope }, { report, subject }) {
      const argument = deprecatedClassArgument(subject, node, scope);
      if (argument?.name !== undefined) {
        const name = subject.textOf(argument.value);
        report(
          'argument',
          argument.value,
          { name, argument: argument.name },
          { fix: { fix: 'remove', replace: [argumentRemoved(node, argument)] } },
        );
      }
      const called = subject.nameOf(node.callee, scope);
      if (called !== undefined && isDeprecatedResponse(subject, called))
        report('call', node, { name: lastPart(called) });
    },
  },
});
