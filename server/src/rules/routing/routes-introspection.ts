import { defineRule } from '../../engine/rule.ts';
import { isApp } from '../../fastapi/classes.ts';
import { applications } from '../../fastapi/running/project.ts';
import { isPinnedBelow } from '../../fastapi/versions.ts';

/** The first version in which an included router is one entry of the list. */
const TREE = '0.137.0';
/** What one asks of a path operation. */
const ASKED =
  /\bAPIRoute\b|\.(?:path|path_format|path_regex|methods|operation_id|endpoint|tags|dependant|dependencies|response_model|include_in_schema)\b/;

export const routesIntrospection = defineRule({
  name: 'routing/routes-introspection',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    flat: 'Since FastAPI 0.137 `{routes}` has one entry for each included router, not its routes: this misses all of them. Iterate over `fastapi.routing.iter_route_contexts({routes})`.',
  },
  check: {
    reference({ node, use, scope, statements }, { report, subject }) {
      if (node.name !== 'routes' || use.kind !== 'iterated') return;
      const { db, evaluator, path } = subject;
      if (!isApp(evaluator, subject.meaningOf(node.object, scope))) return;
      if (isPinnedBelow(db, path, 'fastapi', TREE)) return;
      const around = statements.findLast(
        ({ start, end }) => start <= node.start && node.end <= end,
      );
      if (around !== undefined && !ASKED.test(subject.textOf(around))) return;
      // Without an include the list is flat.
      const hasIncludes = db
        .get(applications, '')
        .some(({ routes }) => routes.some(({ includes }) => includes.length > 0));
      if (hasIncludes) report('flat', node, { routes: subject.textOf(node) });
    },
  },
});
