/** Questions about what a value is, in the framework's words. */
import type { Evaluator } from '../python/evaluate.ts';
import type { ClassRef, Value } from '../python/values.ts';

/** Whether a class is one of the named ones of other packages, or stands below one. */
export function isBelow(evaluator: Evaluator, ref: ClassRef, names: ReadonlySet<string>): boolean {
  return evaluator.lineage(ref).some((one) => one.kind === 'external' && names.has(one.name));
}

/** Whether a value is an object of one of the named classes, or of a class below one. */
export function isInstanceOf(
  evaluator: Evaluator,
  value: Value | undefined,
  names: ReadonlySet<string>,
): boolean {
  return value?.kind === 'instance' && isBelow(evaluator, value.class, names);
}

const APPS: ReadonlySet<string> = new Set(['fastapi.FastAPI']);
export const ROUTERS: ReadonlySet<string> = new Set(['fastapi.FastAPI', 'fastapi.APIRouter']);
const HTTP_EXCEPTIONS: ReadonlySet<string> = new Set([
  'starlette.exceptions.HTTPException',
  'fastapi.WebSocketException',
]);
const RESPONSES: ReadonlySet<string> = new Set([
  'fastapi.Response',
  'starlette.responses.Response',
]);
const MODELS: ReadonlySet<string> = new Set(['pydantic.BaseModel']);
const SETTINGS: ReadonlySet<string> = new Set([
  'pydantic_settings.BaseSettings',
  'pydantic.BaseSettings',
]);
const ORM_BASES: ReadonlySet<string> = new Set([
  'sqlalchemy.orm.DeclarativeBase',
  'sqlalchemy.orm.DeclarativeBaseNoMeta',
  'sqlalchemy.ext.declarative.DeclarativeMeta',
  'tortoise.models.Model',
  'tortoise.Model',
  'beanie.Document',
  'peewee.Model',
]);

export function isApp(evaluator: Evaluator, value: Value | undefined): boolean {
  return isInstanceOf(evaluator, value, APPS);
}

/** An app or a router: something that routes are declared on. */
export function isRouter(evaluator: Evaluator, value: Value | undefined): boolean {
  return isInstanceOf(evaluator, value, ROUTERS);
}

export function isHttpException(evaluator: Evaluator, value: Value | undefined): boolean {
  return isInstanceOf(evaluator, value, HTTP_EXCEPTIONS);
}

export function isResponse(evaluator: Evaluator, value: Value | undefined): boolean {
  return isInstanceOf(evaluator, value, RESPONSES);
}

export function isResponseClass(evaluator: Evaluator, value: Value | undefined): boolean {
  if (value?.kind === 'class') return isBelow(evaluator, value.class, RESPONSES);
  return (
    value?.kind === 'external' &&
    isBelow(evaluator, { kind: 'external', name: value.name }, RESPONSES)
  );
}

export function isModel(evaluator: Evaluator, value: Value | undefined): boolean {
  return isInstanceOf(evaluator, value, MODELS);
}

export function isModelClass(evaluator: Evaluator, ref: ClassRef): boolean {
  return isBelow(evaluator, ref, MODELS);
}

export function isSettingsClass(evaluator: Evaluator, ref: ClassRef): boolean {
  return isBelow(evaluator, ref, SETTINGS);
}

/** A row of a database as an object: a class mapped by SQLAlchemy, SQLModel (`table=True`), Tortoise, Beanie or Peewee. */
export function isOrmObject(evaluator: Evaluator, value: Value | undefined): boolean {
  return value?.kind === 'instance' && isOrmClass(evaluator, value.class);
}

export function isOrmClass(evaluator: Evaluator, ref: ClassRef): boolean {
  if (ref.kind === 'external') return false;
  const lineage = evaluator.lineage(ref);
  if (lineage.some((one) => one.kind === 'external' && ORM_BASES.has(one.name))) return true;
  const isSqlModel = lineage.some(
    (one) => one.kind === 'external' && one.name === 'sqlmodel.SQLModel',
  );
  return isSqlModel && evaluator.classKeyword(ref, 'table')?.type === 'true';
}
