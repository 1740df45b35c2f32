import { defineRule } from '../../engine/rule.ts';
import { fieldsOf } from '../../fastapi/declared-models.ts';
import { isOnlyRead } from '../../fastapi/routes.ts';
import {
  className,
  containerOf,
  type DeclaredParameter,
  inQuery,
  isBodyModel,
  openParameters,
  queryParameters,
} from '../../fastapi/routing/declared.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { isPinnedBelow } from '../../fastapi/versions.ts';
import type { Value } from '../../python/values.ts';
import type { Parameter, Span } from '../../syntax/nodes.ts';

/** The first version that reads a model from the query. */
const QUERY_MODELS = '0.115.0';
/** The first version that does so beside other parameters of the query. */
const BESIDE_OTHERS = '0.157.0';

export const modelQuery = defineRule({
  name: 'routing/model-query',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    body: '`{name}: {type}` is read from the body, and a {method} has none: the client gets 422, or what it asks for in the query is ignored. Write `Annotated[{type}, Query()]`.',
    depends:
      '`{name}: {type}` is read from the body, and a {method} has none: the client gets 422, or what it asks for in the query is ignored. Write `Annotated[{type}, Depends()]`.',
    values:
      '`{name}: {type}` is read from the body, and a {method} has none: the client gets 422, or what it asks for in the query is ignored. Take each field as a parameter: `{list}` needs `Query()`, and gets none through `Depends()`.',
    apart:
      'Below FastAPI 0.157 `{name}: {type}` takes its fields from the query only where nothing else is read from there: beside `{other}` the client gets 422, or what it asks for is ignored. Write `Annotated[{type}, Depends()]`, or upgrade FastAPI.',
  },
  fixes: {
    query: {
      applicability: 'quick',
      title: 'Read it from the query: `Annotated[{type}, Query()]`',
    },
  },
  check: {
    route(route, { report, subject }) {
      const isBelow = (version: string) =>
        isPinnedBelow(subject.db, subject.path, 'fastapi', version);
      const inItsQuery = isBelow(BESIDE_OTHERS) ? queryParameters(subject, route) : [];
      const apart = isBelow(QUERY_MODELS) ? undefined : modelBesideOthers(subject, inItsQuery);
      if (apart !== undefined) report('apart', nameIn(apart.parameter), apart.data);
      if (!isOnlyRead(route)) return;
      for (const { name, parameter, value } of openParameters(subject, route)) {
        if (parameter.annotation === undefined || !isBodyModel(subject, value)) continue;
        const type = subject.textOf(parameter.annotation);
        const data = { name, type, method: route.methods.join('/') };
        // Below these versions, a model in `Query()` is refused, or not filled.
        if (isBelow(QUERY_MODELS) || inItsQuery.length > 0) {
          const list = listIn(subject, value);
          if (list === undefined) report('depends', nameIn(parameter), data);
          else report('values', nameIn(parameter), { ...data, list });
        } else report('body', nameIn(parameter), data, { fix: inQuery(parameter, type) });
      }
    },
  },
});

/** A field that is a list: as a dependency, too, the model reads it from the body. */
function listIn(subject: Subject, value: Value | undefined): string | undefined {
  if (value?.kind !== 'instance' || value.class.kind !== 'project') return undefined;
  const { evaluator } = subject;
  return fieldsOf(subject, value.class.id).find(
    ({ annotation, value: given, scope }) =>
      given?.type !== 'call' && containerOf(evaluator.annotated(annotation, scope)) !== undefined,
  )?.name;
}

function nameIn({ start, name }: Parameter): Span {
  return { start, end: start + name.length };
}

function modelBesideOthers(subject: Subject, inItsQuery: readonly DeclaredParameter[]) {
  const model = inItsQuery.findLast(({ value }) => isBodyModel(subject, value));
  const other = inItsQuery.find((one) => one !== model);
  if (model === undefined || other === undefined) return undefined;
  const { name, parameter, value } = model;
  return { parameter, data: { name, type: className(value), other: other.name } };
}
