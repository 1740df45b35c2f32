import { defineRule, type FixPlan } from '../../engine/rule.ts';
import {
  type DeclaredParameter,
  declaredParameters,
  isBodyModel,
  isExternal,
} from '../../fastapi/declared.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { isPinnedBelow } from '../../fastapi/versions.ts';

/** The first version that reads a model of a form beside a file. */
const FORM_MODELS_BESIDE_FILES = '0.158.0';

export const fileWithJsonBody = defineRule({
  name: 'routing/file-with-json-body',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    json: '`{name}: {type}` is read as JSON, and `{form}` makes the whole body a form: every request gets 422. Take the model from the form too: `Annotated[{type}, Form()]`.',
  },
  fixes: {
    form: { applicability: 'quick', title: 'Take it from the form: `Annotated[{type}, Form()]`' },
  },
  check: {
    route({ handlerId, kind }, { report, subject }) {
      if (kind !== 'http' || subject.purpose !== 'application') return;
      const all = declaredParameters(subject, handlerId);
      const form = all.find(isOfForm);
      if (form === undefined) return;
      for (const one of all) {
        const { name, parameter, marker, value, isKnown } = one;
        if (parameter.annotation === undefined || !isKnown || !isBodyModel(subject, value))
          continue;
        if (marker !== undefined && marker.name !== 'Body') continue;
        const type = subject.textOf(parameter.annotation);
        const at = { start: parameter.start, end: parameter.start + name.length };
        report('json', at, { name, type, form: form.name }, { fix: fromForm(subject, one, type) });
      }
    },
  },
});

/** An uploaded file, several, or anything that is said to be of a form. */
function isOfForm({ marker, value }: DeclaredParameter): boolean {
  if (marker !== undefined) return marker.name === 'Form' || marker.name === 'File';
  const items = value?.kind === 'instance' ? value.items : undefined;
  return isExternal(value, /\bUploadFile$/) || isExternal(items, /\bUploadFile$/);
}

function fromForm(
  { db, path }: Subject,
  { parameter, marker }: DeclaredParameter,
  type: string,
): FixPlan<'form'> | undefined {
  const { annotation } = parameter;
  if (annotation === undefined || annotation.type === 'string' || marker !== undefined)
    return undefined;
  if (isPinnedBelow(db, path, 'fastapi', FORM_MODELS_BESIDE_FILES)) return undefined;
  const { start, end } = annotation;
  return {
    fix: 'form',
    replace: [{ start, end, text: `Annotated[${type}, Form()]` }],
    imports: [
      { module: 'typing', name: 'Annotated' },
      { module: 'fastapi', name: 'Form' },
    ],
  };
}
