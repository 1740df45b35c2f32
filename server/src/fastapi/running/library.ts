/** What FastAPI's and Starlette's own classes do while modules run: they collect routes. */
import { EXTERNAL_BASES } from '../../knowledge/results.ts';
import { STDLIB_MODULES } from '../../knowledge/stdlib.ts';
import { stackAttribute } from '../../python/execution/contexts.ts';
import { makeField, makeValidator } from '../../python/execution/fields.ts';
import type { Library, Machine } from '../../python/execution/machine.ts';
import {
  type Arguments,
  external,
  type Instance,
  native,
  type Obj,
  shown,
  text,
  textOf,
  tuple,
  UNKNOWN,
} from '../../python/execution/objects.ts';
import { pathAttribute } from '../../python/execution/paths.ts';
import {
  callStandard,
  standardAttribute,
  standardConstant,
} from '../../python/execution/standard-library.ts';
import { appAttribute, constructApp } from './apps.ts';
import { constructRoute } from './entries.ts';
import { constructRouter, routerAttribute } from './routers.ts';

const APP = 'fastapi.FastAPI';
const ROUTER = 'fastapi.APIRouter';
const STARLETTE = 'starlette.applications.Starlette';
const PLAIN_ROUTER = 'starlette.routing.Router';

/** Packages that are taken to be installed; of any other, a `try … except ImportError` takes the other way. */
const COMMON: ReadonlySet<string> = new Set(
  (
    'fastapi starlette pydantic pydantic_settings sqlalchemy sqlmodel alembic httpx requests uvicorn gunicorn jwt jose ' +
    'passlib pwdlib bcrypt argon2 redis celery pytest anyio aiosqlite asyncpg psycopg psycopg2 pymongo motor beanie ' +
    'tortoise jinja2 yaml dotenv loguru structlog prometheus_client sentry_sdk boto3 botocore aiohttp websockets ' +
    'numpy pandas torch sklearn transformers PIL openai langchain typing_extensions email_validator multipart itsdangerous ' +
    'orjson ujson slowapi fastapi_users fastapi_pagination opentelemetry google grpc kafka aiokafka aiofiles click typer rich'
  ).split(' '),
);

export function createLibrary(installed: ReadonlySet<string>): Library {
  return {
    call(machine, name, call) {
      const standard = callStandard(machine, name, call);
      if (standard !== undefined) return standard;
      return callFramework(machine, name, call);
    },
    attribute(machine, self, className, name) {
      if (className === APP || className === STARLETTE) return appAttribute(machine, self, name);
      if (className === ROUTER || className === PLAIN_ROUTER)
        return routerAttribute(machine, self, name, className === ROUTER);
      if (className === 'pathlib.Path') return pathAttribute(machine, self, name);
      if (className === 'typing.NamedTuple') return tupleAttribute(machine, self, name);
      if (/^contextlib\.(?:Async)?ExitStack$/.test(className)) return stackAttribute(machine, name);
      return standardAttribute(machine, self, className, name);
    },
    construct(machine, self, className, call) {
      if (className === APP || className === STARLETTE)
        return constructApp(machine, self, call, className === APP);
      if (className === ROUTER || className === PLAIN_ROUTER)
        return constructRouter(machine, self, call);
      if (constructRoute(machine, self, className, call)) return true;
      if (className === 'typing.NamedTuple') return constructTuple(self, call);
      return false;
    },
    constant: standardConstant,
    isSubclass: (name, base) => isSubclass(name, base),
    isMissing(module) {
      const dot = module.indexOf('.');
      const top = dot < 0 ? module : module.slice(0, dot);
      return !STDLIB_MODULES.has(top) && !COMMON.has(top) && !installed.has(top.toLowerCase());
    },
  };
}

function isSubclass(name: string, base: string): boolean {
  return name === base || (EXTERNAL_BASES[name] ?? []).some((one) => isSubclass(one, base));
}

function constructTuple(self: Instance, { args, keywords }: Arguments): boolean {
  if (self.class.kind !== 'class') return false;
  const items = self.class.fields.map(
    (field, index) =>
      args[index] ??
      keywords.get(field) ??
      (self.class.kind === 'class' ? self.class.attrs.get(field) : undefined) ??
      UNKNOWN,
  );
  self.class.fields.forEach((field, index) => {
    self.attrs.set(field, items[index] ?? UNKNOWN);
  });
  self.attrs.set('_items_', tuple(items));
  return true;
}

/** What a named tuple has besides its fields. */
function tupleAttribute(machine: Machine, self: Instance, name: string): Obj | undefined {
  const { class: cls } = self;
  if (cls.kind !== 'class') return undefined;
  const entries = () =>
    cls.fields.map((field): [string, Obj] => [field, self.attrs.get(field) ?? UNKNOWN]);
  if (name === '_asdict')
    return native(name, () => ({
      kind: 'dict',
      entries: entries().map(([field, value]) => [text(field), value]),
    }));
  if (name === '_fields') return tuple(cls.fields.map((field) => text(field)));
  if (name !== '_replace') return undefined;
  return native(name, (_machine, { keywords, ...call }) =>
    machine.instantiate(cls, { ...call, args: [], keywords: new Map([...entries(), ...keywords]) }),
  );
}

/** Objects of the framework's own classes, and what its functions give. */
function callFramework(machine: Machine, name: string, call: Arguments): Obj | undefined {
  if (name === 'fastapi.Depends' || name === 'fastapi.Security')
    return dependency(machine, name, call);
  if (name === 'pydantic.Field' || name === 'pydantic_settings.Field') return makeField(call);
  if (/^pydantic\.(?:field_validator|model_validator)$/.test(name)) return makeValidator(call);
  if (name === 'starlette.middleware.Middleware') return UNKNOWN;
  if (/^fastapi\.(?:Query|Path|Body|Header|Cookie|Form|File)$/.test(name))
    return marker(name, call);
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (!/^[A-Z]/.test(last)) return undefined;
  const self: Instance = { kind: 'instance', class: external(name), attrs: new Map() };
  const isKnown = [name, ...(EXTERNAL_BASES[name] ?? [])].some((one) =>
    machine.library.construct(machine, self, one, call),
  );
  if (isKnown) return self;
  // An object of some other package: it may be anything, but it is something, with what it was given.
  self.state = { args: call.args };
  return self;
}

/** What `Depends(...)` holds. */
export interface DependencyState {
  readonly dependency: Obj | undefined;
  /** What `Security(...)` asks for; empty for `Depends`. Of a scope that can't be known, the known parts. */
  readonly securityScopes: readonly string[];
  readonly useCache: boolean;
  readonly scope: string | undefined;
}

function dependency(machine: Machine, name: string, { args: [given], keywords }: Arguments): Obj {
  const cache = keywords.get('use_cache');
  const isSecurity = name === 'fastapi.Security';
  const state: DependencyState = {
    dependency: given ?? keywords.get('dependency'),
    securityScopes: isSecurity ? scopesIn(machine, keywords.get('scopes')) : [],
    useCache: !(cache?.kind === 'bool' && !cache.value),
    scope: textOf(keywords.get('scope')),
  };
  return { kind: 'instance', class: external('fastapi.Depends'), attrs: new Map(), state };
}

function scopesIn(machine: Machine, given: Obj | undefined): readonly string[] {
  return (given ? (machine.iterate(given) ?? []) : []).map(shown);
}

/** What `Query(...)`, `Path(...)` and the like say of a parameter. */
export interface MarkerState {
  readonly marker: string;
  readonly alias: string | undefined;
}

function marker(name: string, { keywords }: Arguments): Obj {
  const state: MarkerState = {
    marker: name.slice(name.lastIndexOf('.') + 1),
    alias: textOf(keywords.get('alias')) ?? textOf(keywords.get('validation_alias')),
  };
  return { kind: 'instance', class: external(name), attrs: new Map(), state };
}
