import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { type OldTemplateCall, oldTemplateCall } from '../../fastapi/response/templates.ts';
import type { Call } from '../../syntax/nodes.ts';

export const templateSignature = defineRule({
  name: 'response/template-signature',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    first:
      'Since Starlette 1 `TemplateResponse` takes the request first: with the name of the template there it fails, and the client gets 500. Write `{call}(request, name, context)`.',
    missing:
      'Since Starlette 1 `TemplateResponse` takes the request as an argument of its own: without it the call fails, and the client gets 500. Pass `request=`.',
  },
  fixes: {
    request: { applicability: 'safe', title: 'Pass `{request}` to `TemplateResponse`' },
  },
  check: {
    call({ name, node, scope }, { report, subject }) {
      const old = oldTemplateCall(subject, name, node, scope);
      if (old === undefined) return;
      const { isByKeyword, request } = old;
      report(
        isByKeyword ? 'missing' : 'first',
        node,
        { call: subject.textOf(node.callee), ...(request !== undefined && { request }) },
        { fix: withRequest(node, old) },
      );
    },
  },
});

/** The request before the first argument. In the context it does no harm. */
function withRequest(
  { args }: Call,
  { isByKeyword, request }: OldTemplateCall,
): FixPlan<'request'> | undefined {
  const [first] = args;
  if (first === undefined || request === undefined) return undefined;
  const text = isByKeyword ? `request=${request}, ` : `${request}, `;
  return { fix: 'request', replace: [{ start: first.start, end: first.start, text }] };
}
