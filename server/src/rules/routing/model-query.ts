import { defineRule } from '../../engine/rule.ts';
import { inQuery, isBodyModel, openParameters } from '../../fastapi/declared.ts';
import { isOnlyRead } from '../../fastapi/routes.ts';
import { isPinnedBelow } from '../../fastapi/versions.ts';

/** The first version that reads a model from the query. */
const QUERY_MODELS = '0.115.0';

export const modelQuery = defineRule({
  name: 'routing/model-query',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    body: '`{name}: {type}` is read from the body, and a {method} has none: the client gets 422, or what it asks for in the query is ignored. Write `Annotated[{type}, Query()]`.',
    depends:
      '`{name}: {type}` is read from the body, and a {method} has none: the client gets 422, or what it asks for in the query is ignored. Write `Annotated[{type}, Depends()]`.',
  },
  fixes: {
    query: {
      applicability: 'quick',
      title: 'Read it from the query: `Annotated[{type}, Query()]`',
    },
  },
  check: {
    route(route, { report, subject }) {
      if (!isOnlyRead(route) || subject.purpose !== 'application') return;
      for (const { name, parameter, value } of openParameters(subject, route)) {
        if (parameter.annotation === undefined || !isBodyModel(subject, value)) continue;
        const type = subject.textOf(parameter.annotation);
        const at = { start: parameter.start, end: parameter.start + name.length };
        const data = { name, type, method: route.methods.join('/') };
        // Below that version, a model in `Query()` is refused.
        if (isPinnedBelow(subject.db, subject.path, 'fastapi', QUERY_MODELS))
          report('depends', at, data);
        else report('body', at, data, { fix: inQuery(parameter, type) });
      }
    },
  },
});
