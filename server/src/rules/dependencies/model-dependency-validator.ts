import { defineRule } from '../../engine/rule.ts';
import { raisingValidator } from '../../fastapi/dependencies/model-validators.ts';
import { dependencyOf } from '../../fastapi/dependencies.ts';
import { isInjected } from '../../fastapi/handlers.ts';
import { isDepends, markersOf } from '../../fastapi/markers.ts';
import { nameOf } from '../../python/definitions.ts';

export const modelDependencyValidator = defineRule({
  name: 'dependencies/model-dependency-validator',
  level: 'warning',
  since: '0.1.0',
  proof: true,
  messages: {
    raises:
      '`{validator}` of `{model}` runs when FastAPI calls the model as a dependency, where nobody expects it to fail: what it refuses is a 500, not a 422. Take the model with `Annotated[{model}, Query()]`.',
  },
  check: {
    anyCall(site, { report, subject }) {
      const given = dependencyOf(subject, site);
      const found = given && raisingValidator(subject, subject.meaningOf(given, site.scope));
      if (given === undefined || found === undefined) return;
      report('raises', given, { validator: nameOf(found.validator), model: nameOf(found.model) });
    },
    function(site, { report, subject }) {
      for (const parameter of site.node.parameters) {
        const { annotation, name, start } = parameter;
        // `Depends()` calls what the annotation names.
        const marker = markersOf(subject, parameter, site).find(isDepends);
        if (annotation === undefined || marker?.call.args.some(({ name: key }) => !key)) continue;
        if (marker === undefined) continue;
        const value = subject.evaluator.annotated(annotation, site.outer);
        const model =
          value?.kind === 'instance' ? ({ kind: 'class', class: value.class } as const) : undefined;
        const found = raisingValidator(subject, model);
        if (found === undefined || !isInjected(subject, site.id)) continue;
        const data = { validator: nameOf(found.validator), model: nameOf(found.model) };
        report('raises', { start, end: start + name.length }, data);
      }
    },
  },
});
