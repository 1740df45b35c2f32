import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { servedLabel, servedPlace } from '../../fastapi/running/clashes.ts';
import { dependencyName, eachDependency } from '../../fastapi/running/trees.ts';
import { isPinnedBelow } from '../../fastapi/versions.ts';
import {
  isScheme,
  type RequestNeed,
  requestNeedOf,
} from '../../fastapi/websocket/socket-dependencies.ts';
import { pathOf } from '../../python/definitions.ts';
import { lastPart } from '../../python/values.ts';

export const httpDependency = defineRule({
  name: 'websocket/http-dependency',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    dependency:
      '`{name}` takes a `Request`, and `{route}` has none to give: every connection ends with a `TypeError`. Take an `HTTPConnection`, which a request and a websocket both are.',
    handler:
      'A websocket has no `Request`: every connection to `{route}` ends with a `TypeError`. Take the `WebSocket`, which has headers, cookies and the query as well.',
    scheme:
      'Before FastAPI 0.144 `{name}` takes a `Request`, and `{route}` has none to give: every connection ends with a `TypeError`. Upgrade FastAPI, or read the token in a dependency that takes the `WebSocket`.',
  },
  fixes: { connection: { applicability: 'quick', title: 'Take an `HTTPConnection`' } },
  check: {
    application({ routes }, { report, subject: { db } }) {
      for (const route of routes) {
        const { handler, isPlain, kind, needs } = route;
        if (kind !== 'websocket' || handler === null || isPlain) continue;
        const data = { route: servedLabel(route) };
        const own = requestNeedOf(db, handler);
        if (own !== null) report('handler', own.at, data, { fix: connection(own, handler) });
        const seen = new Set<string>();
        eachDependency(needs.dependencies, (dependency) => {
          const { target, external } = dependency;
          const id = target ?? external;
          if (id === null || seen.has(id)) return;
          seen.add(id);
          const at = servedPlace(route);
          const isOld = isPinnedBelow(db, pathOf(at.block), 'fastapi', '0.144.0');
          if (target === null && external !== null && isOld && isScheme(dependency))
            report('scheme', at, { ...data, name: lastPart(external) });
          const need = target === null ? null : requestNeedOf(db, target);
          if (target === null || need === null) return;
          const name = dependencyName(target);
          const related = [{ at: need.at, message: `${need.parameter}: Request` }];
          report('dependency', at, { ...data, name }, { fix: connection(need, at.block), related });
        });
      }
    },
  },
});

/** Where the function stands in the same file. */
function connection(
  { annotation, at, owner }: RequestNeed,
  from: string,
): FixPlan<'connection'> | undefined {
  if (annotation === null || pathOf(owner) !== pathOf(from)) return undefined;
  return {
    fix: 'connection',
    replace: [{ ...annotation, block: at.block, text: 'HTTPConnection' }],
    imports: [{ module: 'starlette.requests', name: 'HTTPConnection' }],
  };
}
