import { defineRule, type RuleContext } from '../../engine/rule.ts';
import { isModelClass } from '../../fastapi/classes.ts';
import { eagerlyLoaded } from '../../fastapi/database/eager-loading.ts';
import { isReadBefore, lazyField, lazyRead } from '../../fastapi/database/lazy-reads.ts';
import { modelsNamedIn } from '../../fastapi/declared-models.ts';
import { routesHandledBy } from '../../fastapi/handlers.ts';
import { argumentOf } from '../../fastapi/routes.ts';
import type { CallSite, ReferenceSite } from '../../python/sites.ts';

export const lazyLoadInAsync = defineRule({
  name: 'database/lazy-load-in-async',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    lazy:
      '`{read}` sends a query when it is read, and an `AsyncSession` can send none without `await`: `MissingGreenlet`. ' +
      'Load it with the query: `.options(selectinload({owner}.{name}))`.',
    model:
      '`{model}` reads `{owner}.{name}`, which sends a query when it is read, and an `AsyncSession` can send none ' +
      'without `await`. Load it with the query: `.options(selectinload({owner}.{name}))`.',
  },
  fixes: { load: { applicability: 'quick', title: 'Load it with `selectinload(...)`' } },
  check: {
    reference: checkRead,
    anyCall: checkRead,
    call({ node, name, scope, ...place }, { report, subject }) {
      if (!place.function?.isAsync) return;
      if (!/^pydantic\.BaseModel\.(?:model_validate|from_orm)$/.test(name)) return;
      const [given] = node.args;
      const model =
        node.callee.type === 'attribute' && subject.meaningOf(node.callee.object, scope);
      if (given === undefined || !model || model.kind !== 'class') return;
      if (model.class.kind !== 'project' || !isModelClass(subject.evaluator, model.class)) return;
      const made = { expression: given.value, scope };
      const read = lazyField(subject, model.class.id, made, { ...place, scope });
      if (!read?.fetch.isAsync) return;
      const { model: name_, owner, name: field } = read;
      const fix = eagerlyLoaded(subject, read, 'load');
      report('model', given.value, { model: name_, owner, name: field }, { fix });
    },
    returned({ expression, scope, ...place }, { report, subject }) {
      if (!place.function.isAsync) return;
      for (const { decorator, handler, scope: outer } of routesHandledBy(subject, scope)) {
        const type = argumentOf(decorator, 'response_model') ?? handler.returns;
        const [model, ...others] = type ? modelsNamedIn(subject, type, outer) : [];
        if (model === undefined || others.length > 0) continue;
        const read = lazyField(subject, model, { expression, scope }, { ...place, scope });
        if (!read?.fetch.isAsync) continue;
        const fix = eagerlyLoaded(subject, read, 'load');
        report(
          'model',
          expression,
          { model: read.model, owner: read.owner, name: read.name },
          { fix },
        );
        return;
      }
    },
  },
});

function checkRead(
  site: ReferenceSite | CallSite,
  { report, subject }: RuleContext<'lazy' | 'model', 'load'>,
): void {
  if (!site.function?.isAsync) return;
  const read = lazyRead(subject, site);
  if (!read?.fetch.isAsync || isReadBefore(subject, site, read)) return;
  const { node, owner } = read;
  const data = { read: subject.textOf(node), owner, name: node.name };
  report('lazy', node, data, { fix: eagerlyLoaded(subject, read, 'load') });
}
