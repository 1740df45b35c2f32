import { DB_API_MODULES } from './blocking-database.ts';

/** `connect` and `cursor`, and `execute` where a connection has it, of every driver that follows Python's DB-API. */
function dbApiResults(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(DB_API_MODULES).flatMap(([module, [connection, cursor]]) => [
      [`${module}.connect`, connection],
      [`${connection}.cursor`, cursor],
      [`${connection}.execute`, cursor],
    ]),
  );
}

/** What the methods of `httpx.AsyncClient` give once they are awaited. */
function httpxResults(): Record<string, string> {
  const verbs = 'get post put patch delete head options request send'.split(' ');
  return Object.fromEntries(verbs.map((verb) => [`httpx.AsyncClient.${verb}`, 'httpx.Response']));
}

/**
 * What calls of other packages give, where the name alone does not say it (a call of a capitalised name makes an
 * instance of it). Names are public names (see names.ts). `*` as a last part stands for any method.
 */
export const RESULTS: Readonly<Record<string, string>> = {
  ...dbApiResults(),
  ...httpxResults(),
  'asyncio.gather': 'builtins.list',
  'asyncio.create_task': 'asyncio.Task',
  'asyncio.AbstractEventLoop.create_task': 'asyncio.Task',
  'requests.session': 'requests.Session',
  'sqlalchemy.create_engine': 'sqlalchemy.Engine',
  'sqlalchemy.engine_from_config': 'sqlalchemy.Engine',
  'sqlalchemy.Engine.connect': 'sqlalchemy.Connection',
  'sqlalchemy.Engine.begin': 'sqlalchemy.Connection',
  'sqlalchemy.Connection.execute': 'sqlalchemy.CursorResult',
  'sqlalchemy.ext.asyncio.create_async_engine': 'sqlalchemy.ext.asyncio.AsyncEngine',
  'sqlalchemy.ext.asyncio.AsyncEngine.connect': 'sqlalchemy.ext.asyncio.AsyncConnection',
  'sqlalchemy.ext.asyncio.AsyncEngine.begin': 'sqlalchemy.ext.asyncio.AsyncConnection',
  'sqlalchemy.orm.Session.query': 'sqlalchemy.orm.Query',
  'sqlalchemy.orm.Session.execute': 'sqlalchemy.Result',
  'sqlalchemy.orm.Session.scalars': 'sqlalchemy.ScalarResult',
  'sqlalchemy.ext.asyncio.AsyncSession.execute': 'sqlalchemy.Result',
  'sqlalchemy.ext.asyncio.AsyncSession.scalars': 'sqlalchemy.ScalarResult',
  'sqlmodel.Session.exec': 'sqlalchemy.ScalarResult',
  'sqlalchemy.Result.scalars': 'sqlalchemy.ScalarResult',
  'sqlalchemy.Result.unique': 'sqlalchemy.Result',
  'sqlalchemy.ScalarResult.unique': 'sqlalchemy.ScalarResult',
  'sqlmodel.create_engine': 'sqlalchemy.Engine',
  'sqlmodel.Session.query': 'sqlalchemy.orm.Query',
  'redis.from_url': 'redis.Redis',
  'redis.asyncio.from_url': 'redis.asyncio.Redis',
  'redis.Redis.from_url': 'redis.Redis',
  'redis.asyncio.Redis.from_url': 'redis.asyncio.Redis',
  'asyncpg.connect': 'asyncpg.Connection',
  'asyncpg.create_pool': 'asyncpg.Pool',
  'asyncpg.Pool.acquire': 'asyncpg.Connection',
  'asyncpg.pool.Pool.acquire': 'asyncpg.Connection',
  'aiosqlite.connect': 'aiosqlite.Connection',
  'aiosqlite.Connection.cursor': 'aiosqlite.Cursor',
  'aiosqlite.Connection.execute': 'aiosqlite.Cursor',
  'urllib3.connectionpool.connection_from_url': 'urllib3.HTTPConnectionPool',
  'psycopg_pool.ConnectionPool.connection': 'psycopg.Connection',
  'threading.Lock': 'threading.Lock',
  'sqlalchemy.orm.scoped_session.query': 'sqlalchemy.orm.Query',
  'logging.getLogger': 'logging.Logger',
  'asyncio.get_event_loop': 'asyncio.AbstractEventLoop',
  'asyncio.get_running_loop': 'asyncio.AbstractEventLoop',
  'asyncio.new_event_loop': 'asyncio.AbstractEventLoop',
  'pathlib.Path.cwd': 'pathlib.Path',
  'pathlib.Path.home': 'pathlib.Path',
  'importlib.resources.files': 'pathlib.Path',
  'boto3.client': 'boto3.Client',
  'boto3.resource': 'boto3.Resource',
  'boto3.Session.client': 'boto3.Client',
  'boto3.Session.resource': 'boto3.Resource',
  'boto3.session.Session.client': 'boto3.Client',
  'boto3.session.Session.resource': 'boto3.Resource',
  'pymongo.mongo_client.MongoClient': 'pymongo.MongoClient',
  'pymongo.MongoClient.get_database': 'pymongo.database.Database',
  'pymongo.MongoClient.get_default_database': 'pymongo.database.Database',
  'pymongo.database.Database.get_collection': 'pymongo.collection.Collection',
  'pymongo.collection.Collection.find': 'pymongo.cursor.Cursor',
  'redis.Redis.pipeline': 'redis.client.Pipeline',
  'redis.StrictRedis.pipeline': 'redis.client.Pipeline',
  'peewee.Model.select': 'peewee.Query',
  'peewee.Model.update': 'peewee.Query',
  'peewee.Model.delete': 'peewee.Query',
  'peewee.Model.insert': 'peewee.Query',
  'peewee.Model.insert_many': 'peewee.Query',
  'pwdlib.PasswordHash.recommended': 'pwdlib.PasswordHash',
  'transformers.pipeline': 'transformers.Pipeline',
  'whisper.load_model': 'whisper.Whisper',
  'keras.models.load_model': 'keras.Model',
  'keras.saving.load_model': 'keras.Model',
  'tensorflow.keras.models.load_model': 'keras.Model',
  'PIL.Image.open': 'PIL.Image.Image',
  'PIL.Image.new': 'PIL.Image.Image',
  'PIL.Image.fromarray': 'PIL.Image.Image',
};

/**
 * Attributes of objects of other packages that are objects themselves. `*` stands for any attribute or item that is
 * not the name of a method.
 */
export const ATTRIBUTES: Readonly<Record<string, string>> = {
  'pathlib.Path.parent': 'pathlib.Path',
  'pymongo.MongoClient.*': 'pymongo.database.Database',
  'pymongo.database.Database.*': 'pymongo.collection.Collection',
};

/** The class of what an attribute of an object is, where that is an object itself. */
export function memberOf(owner: string, name: string): string | undefined {
  const known = ATTRIBUTES[`${owner}.${name}`];
  if (known !== undefined) return known;
  return OWN_METHODS[owner]?.has(name) === false ? ATTRIBUTES[`${owner}.*`] : undefined;
}

/** The class of an item of an object, where items are found by any name. */
export function itemOf(owner: string): string | undefined {
  return ATTRIBUTES[`${owner}.*`];
}

/** Methods of classes any other attribute of which is an object (the `*` of `ATTRIBUTES`). */
const OWN_METHODS: Readonly<Record<string, ReadonlySet<string>>> = {
  'pymongo.MongoClient': new Set(
    (
      'close get_database get_default_database server_info list_database_names list_databases drop_database ' +
      'start_session watch'
    ).split(' '),
  ),
  'pymongo.database.Database': new Set(
    (
      'command list_collection_names list_collections create_collection drop_collection get_collection aggregate ' +
      'with_options watch name client codec_options'
    ).split(' '),
  ),
};

/** Objects whose operators give an object of the same class: `path / "name"`. */
export const CLOSED_OPERATORS: Readonly<Record<string, string>> = { 'pathlib.Path': '/' };

/** Calls that make a class, and a class that it stands below. */
export const CLASS_MAKERS: Readonly<Record<string, string>> = {
  'sqlalchemy.orm.declarative_base': 'sqlalchemy.orm.DeclarativeBase',
  'sqlalchemy.ext.declarative.declarative_base': 'sqlalchemy.orm.DeclarativeBase',
  'sqlalchemy.orm.registry.generate_base': 'sqlalchemy.orm.DeclarativeBase',
  'pydantic.create_model': 'pydantic.BaseModel',
};

/** Methods that give their own object back, by the class. */
export const CHAINED: Readonly<Record<string, ReadonlySet<string>>> = {
  'sqlalchemy.orm.Query': new Set(
    (
      'filter filter_by where join outerjoin options order_by group_by having limit offset distinct ' +
      'select_from with_for_update execution_options populate_existing enable_eagerloads'
    ).split(' '),
  ),
  'pathlib.Path': new Set(
    'joinpath resolve absolute expanduser with_suffix with_name with_stem relative_to'.split(' '),
  ),
  'pymongo.cursor.Cursor': new Set('sort limit skip batch_size hint max_time_ms'.split(' ')),
  'peewee.Query': new Set(
    'where join order_by group_by having limit offset distinct switch paginate returning'.split(
      ' ',
    ),
  ),
  'PIL.Image.Image': new Set(
    'convert resize rotate crop filter transpose copy quantize'.split(' '),
  ),
};

/**
 * Factories of sessions: calling the instance makes an object of the class given by a keyword or by position, else of
 * the default.
 */
export const SESSION_FACTORIES: Readonly<
  Record<string, { readonly keyword: string; readonly made: string }>
> = {
  'sqlalchemy.orm.sessionmaker': { keyword: 'class_', made: 'sqlalchemy.orm.Session' },
  'sqlalchemy.orm.scoped_session': { keyword: '', made: 'sqlalchemy.orm.Session' },
  'sqlalchemy.ext.asyncio.async_sessionmaker': {
    keyword: 'class_',
    made: 'sqlalchemy.ext.asyncio.AsyncSession',
  },
  'sqlalchemy.ext.asyncio.async_scoped_session': {
    keyword: '',
    made: 'sqlalchemy.ext.asyncio.AsyncSession',
  },
};

/** Annotations whose first argument is what one gets by iterating, or by entering. */
export const CONTAINERS: ReadonlySet<string> = new Set(
  (
    'list set frozenset tuple List Set FrozenSet Tuple Sequence MutableSequence Iterable Iterator Collection ' +
    'AbstractSet Generator AsyncGenerator AsyncIterator AsyncIterable Deque deque ScalarResult ' +
    'AbstractContextManager AbstractAsyncContextManager ContextManager AsyncContextManager'
  ).split(' '),
);

/** Parameter defaults that are replaced by the result of calling their argument. */
export const INJECTORS: ReadonlySet<string> = new Set(['fastapi.Depends', 'fastapi.Security']);

/** Decorators after which a generator function gives a context manager. */
export const CONTEXT_MANAGERS: ReadonlySet<string> = new Set([
  'contextlib.contextmanager',
  'contextlib.asynccontextmanager',
]);

/** Classes with next to no members of their own but those with underscores. */
export const BARE_BASES: ReadonlySet<string> = new Set(['sqlalchemy.orm.DeclarativeBase']);

/** Classes of other packages that stand below a class whose rules are known, where no source says so. */
export const EXTERNAL_BASES: Readonly<Record<string, readonly string[]>> = {
  'sqlmodel.Session': ['sqlalchemy.orm.Session'],
  'sqlmodel.ext.asyncio.session.AsyncSession': ['sqlalchemy.ext.asyncio.AsyncSession'],
  'sqlmodel.SQLModel': ['pydantic.BaseModel'],
  'pydantic_settings.BaseSettings': ['pydantic.BaseModel'],
  'pydantic.RootModel': ['pydantic.BaseModel'],
  'pydantic.generics.GenericModel': ['pydantic.BaseModel'],
  'fastapi.FastAPI': ['starlette.applications.Starlette'],
  'fastapi.APIRouter': ['starlette.routing.Router'],
  'fastapi.routing.APIRoute': ['starlette.routing.Route'],
  'fastapi.routing.APIWebSocketRoute': ['starlette.routing.WebSocketRoute'],
  'fastapi.routing._IncludedRouter': ['starlette.routing.BaseRoute'],
  'starlette.routing.Route': ['starlette.routing.BaseRoute'],
  'starlette.routing.WebSocketRoute': ['starlette.routing.BaseRoute'],
  'starlette.routing.Mount': ['starlette.routing.BaseRoute'],
  'starlette.routing.Host': ['starlette.routing.BaseRoute'],
  'fastapi.HTTPException': ['starlette.exceptions.HTTPException'],
  'redis.StrictRedis': ['redis.Redis'],
  'fastapi.responses.ORJSONResponse': ['starlette.responses.JSONResponse'],
  'fastapi.responses.UJSONResponse': ['starlette.responses.JSONResponse'],
  'starlette.responses.JSONResponse': ['fastapi.Response'],
  'starlette.responses.HTMLResponse': ['fastapi.Response'],
  'starlette.responses.PlainTextResponse': ['fastapi.Response'],
  'starlette.responses.RedirectResponse': ['fastapi.Response'],
  'starlette.responses.StreamingResponse': ['fastapi.Response'],
  'starlette.responses.FileResponse': ['fastapi.Response'],
};
