/**
 * What calls of other packages give, where the name alone does not say it (a call of a capitalised name makes an
 * instance of it). Names are public names (see names.ts). `*` as a last part stands for any method.
 */
export const RESULTS: Readonly<Record<string, string>> = {
  'asyncio.gather': 'builtins.list',
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
  'sqlmodel.create_engine': 'sqlalchemy.Engine',
  'sqlmodel.Session.query': 'sqlalchemy.orm.Query',
  'redis.from_url': 'redis.Redis',
  'redis.asyncio.from_url': 'redis.asyncio.Redis',
  'redis.Redis.from_url': 'redis.Redis',
  'redis.asyncio.Redis.from_url': 'redis.asyncio.Redis',
  'psycopg2.connect': 'psycopg2.connection',
  'psycopg2.connection.cursor': 'psycopg2.cursor',
  'psycopg.connect': 'psycopg.Connection',
  'psycopg.Connection.cursor': 'psycopg.Cursor',
  'sqlite3.connect': 'sqlite3.Connection',
  'sqlite3.Connection.cursor': 'sqlite3.Cursor',
  'sqlite3.Connection.execute': 'sqlite3.Cursor',
  'pymysql.connect': 'pymysql.Connection',
  'pymysql.Connection.cursor': 'pymysql.Cursor',
  'asyncpg.connect': 'asyncpg.Connection',
  'asyncpg.create_pool': 'asyncpg.Pool',
  'asyncpg.Pool.acquire': 'asyncpg.Connection',
  'aiosqlite.connect': 'aiosqlite.Connection',
  'aiosqlite.Connection.cursor': 'aiosqlite.Cursor',
  'aiosqlite.Connection.execute': 'aiosqlite.Cursor',
  'urllib3.connectionpool.connection_from_url': 'urllib3.HTTPConnectionPool',
  'threading.Lock': 'threading.Lock',
};

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
