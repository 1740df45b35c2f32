import { defineRule, type FixPlan } from '../../engine/rule.ts';
import {
  className,
  type DeclaredParameter,
  declaredParameters,
  isBodyModel,
  isExternal,
} from '../../fastapi/routing/declared.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { isPinnedBelow } from '../../fastapi/versions.ts';

/** The first version that reads a model of a form beside a file or another field. */
const FORM_MODELS_BESIDE_OTHERS = '0.158.0';

export const fileWithJsonBody = defineRule({
  name: 'routing/file-with-json-body',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    json: '`{name}: {type}` is read as JSON, and `{form}` makes the whole body a form: every request gets 422. Take the model from the form too: `Annotated[{type}, Form()]`.',
    apart:
      'Below FastAPI 0.158 `{name}: {type}` takes its fields from the form only where nothing else is read from there: beside `{form}` every request gets 422. Declare `{form}` as a field of `{type}` (FastAPI 0.113 and later), or upgrade FastAPI.',
  },
  fixes: {
    form: { applicability: 'quick', title: 'Take it from the form: `Annotated[{type}, Form()]`' },
  },
  check: {
    route({ handlerId, kind }, { report, subject }) {
      if (kind !== 'http') return;
      const all = declaredParameters(subject, handlerId);
      const ofForm = all.filter(isOfForm);
      const model = ofForm.find(({ value }) => isBodyModel(subject, value));
      for (const one of all) {
        const { name, parameter, marker, value, isKnown } = one;
        if (parameter.annotation === undefined || !isKnown || !isBodyModel(subject, value))
          continue;
        const form = ofForm.find((other) => other !== one);
        if (form === undefined) continue;
        const at = { start: parameter.start, end: parameter.start + name.length };
        if (marker === undefined || marker.name === 'Body') {
          const type = subject.textOf(parameter.annotation);
          const fix = fromForm(subject, one, type);
          report('json', at, { name, type, form: form.name }, { fix });
        } else if (one === model && isBelowFormModels(subject)) {
          report('apart', at, { name, type: className(value), form: form.name });
        }
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

/** The fields of a model are then read from a form only where the model is all that is read. */
function isBelowFormModels({ db, path }: Subject): boolean {
  return isPinnedBelow(db, path, 'fastapi', FORM_MODELS_BESIDE_OTHERS);
}

function fromForm(
  subject: Subject,
  { parameter, marker }: DeclaredParameter,
  type: string,
): FixPlan<'form'> | undefined {
  const { annotation } = parameter;
  if (annotation === undefined || annotation.type === 'string' || marker !== undefined)
    return undefined;
  if (isBelowFormModels(subject)) return undefined;
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
