import { defineRule, type RuleContext } from '../../engine/rule.ts';
import { dependencyList, isCallable } from '../../fastapi/dependencies/dependency-lists.ts';
import { isInjected } from '../../fastapi/handlers.ts';
import type { Subject } from '../../fastapi/subject.ts';
import type { FunctionSite } from '../../python/sites.ts';
import type { Expression, FunctionDef, Parameter } from '../../syntax/nodes.ts';
import { callsIn } from '../../syntax/parts.ts';

export const missingDepends = defineRule({
  name: 'dependencies/missing-depends',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    default:
      '`{name}={value}` is no dependency: FastAPI never calls `{value}` and takes `{name}` from the request. Write `Depends({value})`.',
    list: '`dependencies=[{value}]` fails while the application is imported: FastAPI wants `Depends({value})`.',
  },
  fixes: {
    depends: { applicability: 'safe', title: 'Write `Depends({value})`' },
  },
  check: {
    function(site, context) {
      const { subject } = context;
      const given = site.node.parameters.filter((one) => isForgotten(subject, one, site));
      if (given.length === 0 || !isInjected(subject, site.id)) return;
      for (const { name, default: value } of given)
        if (value) tell('default', value, context, name);
    },
    anyCall({ node, scope }, context) {
      for (const element of dependencyList(context.subject, node, scope))
        if (isCallable(context.subject, element, scope)) tell('list', element, context, '');
    },
  },
});

function tell(
  message: 'default' | 'list',
  at: Expression,
  { report, subject }: RuleContext<'default' | 'list', 'depends'>,
  name: string,
): void {
  const value = subject.textOf(at);
  const imports = [{ module: 'fastapi', name: 'Depends' }];
  report(
    message,
    at,
    { name, value },
    {
      fix: {
        fix: 'depends',
        replace: [{ start: at.start, end: at.end, text: `Depends(${value})` }],
        imports,
      },
    },
  );
}

/** A function as the default, or the class that the annotation names. A parameter that is called may want just that. */
function isForgotten(
  subject: Subject,
  { name, annotation, default: given }: Parameter,
  { node, outer }: FunctionSite,
): boolean {
  if (given?.type !== 'name' && given?.type !== 'attribute') return false;
  const value = subject.meaningOf(given, outer);
  const isOwn = annotation !== undefined && subject.textOf(annotation) === subject.textOf(given);
  if (!(value?.kind === 'function' || (value?.kind === 'class' && isOwn))) return false;
  if (annotation && /\b(?:Callable|type|Type|Protocol)\b/.test(subject.textOf(annotation)))
    return false;
  return !isCalled(name, node);
}

function isCalled(name: string, { body }: FunctionDef): boolean {
  return callsIn(body).some(({ callee }) => callee.type === 'name' && callee.id === name);
}
