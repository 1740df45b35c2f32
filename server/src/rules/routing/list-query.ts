import { defineRule } from '../../engine/rule.ts';
import { readsOf } from '../../fastapi/reads.ts';
import { isOnlyRead } from '../../fastapi/routes.ts';
import { containerOf, inQuery, isScalar, openParameters } from '../../fastapi/routing/declared.ts';

export const listQuery = defineRule({
  name: 'routing/list-query',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    body: '`{name}: {type}` is read from the body, not from the query: a {method} without a body gets 422. Write `Annotated[{type}, Query()]`.',
    default:
      '`{name}: {type}` is read from the body, not from the query: what the client asks for is ignored, and it is always `{given}`. Write `Annotated[{type}, Query()]`.',
    mapping:
      '`{name}: {type}` is read from the body, and a {method} has none: take each value as a parameter, or all of them as a model in `Annotated[..., Query()]`.',
  },
  fixes: {
    query: {
      applicability: 'quick',
      title: 'Read it from the query: `Annotated[{type}, Query()]`',
    },
  },
  check: {
    route(route, { report, subject }) {
      if (!isOnlyRead(route)) return;
      for (const { name, parameter, value } of openParameters(subject, route)) {
        const container = containerOf(value);
        const { annotation, default: given } = parameter;
        if (container === undefined || annotation === undefined) continue;
        // With a default, nothing goes wrong where nobody looks at it.
        if (given !== undefined && !readsOf(subject, route.handlerId).has(name)) continue;
        const data = {
          name,
          type: subject.textOf(annotation),
          method: route.methods.join('/'),
          given: given ? subject.textOf(given) : '',
        };
        const at = { start: parameter.start, end: parameter.start + name.length };
        if (container === 'mapping') report('mapping', at, data);
        else {
          const items = value?.kind === 'instance' ? value.items : undefined;
          const fix = isScalar(items) ? inQuery(parameter, data.type) : undefined;
          report(given ? 'default' : 'body', at, data, { fix });
        }
      }
    },
  },
});
