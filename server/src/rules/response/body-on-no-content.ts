import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { labelOf } from '../../fastapi/labels.ts';
import {
  bodyDeclaredWithoutContent,
  jsonWithoutContent,
} from '../../fastapi/response/no-content.ts';
import type { Subject } from '../../fastapi/subject.ts';
import type { Call } from '../../syntax/nodes.ts';

export const bodyOnNoContent = defineRule({
  name: 'response/body-on-no-content',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    declared:
      '{route} answers {status}, which has no body, and declares `{declared}`: FastAPI refuses it at import. Declare `None`.',
    body: 'A {status} has no body, and `JSONResponse` always sends one. Use `Response(status_code={status})`.',
    replaced:
      'This `JSONResponse` is sent with its own status 200, and not with the {status} of the route. Return nothing, or `Response(status_code={status})`.',
  },
  fixes: {
    none: { applicability: 'safe', title: 'Declare `None`' },
    empty: { applicability: 'quick', title: 'Return an empty `Response`' },
  },
  check: {
    route(route, { report, subject }) {
      const found = bodyDeclaredWithoutContent(subject, route);
      if (found === undefined) return;
      const { declared, status } = found;
      const { start, end } = declared;
      report(
        'declared',
        route.pathNode ?? route.decorator,
        {
          route: `\`${labelOf(subject, route)}\``,
          status: String(status),
          declared: subject.textOf(declared),
        },
        { fix: { fix: 'none', replace: [{ start, end, text: 'None' }] } },
      );
    },
    call({ name, node, scope, use }, { report, subject }) {
      if (subject.purpose === 'test') return;
      const place = { scope, isReturned: use.kind === 'returned' };
      const found = jsonWithoutContent(subject, name, node, place);
      if (found === undefined) return;
      const status = String(found.status);
      report(found.kind, node, { status }, { fix: asEmpty(subject, node, status) });
    },
  },
});

/** Where nothing but a status and fixed data is given, nothing is lost. */
function asEmpty(subject: Subject, call: Call, status: string): FixPlan<'empty'> | undefined {
  const written = call.args.find(({ name }) => name === 'status_code')?.value;
  const others = call.args.filter(({ value }) => value !== written);
  const isFixed = others.every(
    ({ name, value }, index) =>
      (name === 'content' || (name === undefined && index === 0)) && isData(value.type),
  );
  if (!isFixed) return undefined;
  const code = written === undefined ? status : subject.textOf(written);
  return {
    fix: 'empty',
    replace: [{ start: call.start, end: call.end, text: `Response(status_code=${code})` }],
    imports: [{ module: 'fastapi', name: 'Response' }],
  };
}

function isData(type: string): boolean {
  return ['none', 'string', 'dict', 'list'].includes(type);
}
