/** Classes of other packages whose objects can't be called, by public name. */
export const UNCALLABLE_CLASSES: ReadonlySet<string> = new Set([
  'abc.ABC',
  'enum.Enum',
  'pydantic.BaseModel',
  'pydantic_settings.BaseSettings',
  'sqlalchemy.Connection',
  'sqlalchemy.Engine',
  'sqlalchemy.ext.asyncio.AsyncConnection',
  'sqlalchemy.ext.asyncio.AsyncEngine',
  'sqlalchemy.ext.asyncio.AsyncSession',
  'sqlalchemy.orm.DeclarativeBase',
  'sqlalchemy.orm.Session',
  'sqlmodel.SQLModel',
  'sqlmodel.Session',
  'sqlmodel.ext.asyncio.session.AsyncSession',
]);

/** Decorators after which a function still gives what its body gives, and a class is still what its body says. */
export const TRANSPARENT_DECORATORS: ReadonlySet<string> = new Set([
  'builtins.classmethod',
  'builtins.staticmethod',
  'dataclasses.dataclass',
  'functools.cache',
  'functools.lru_cache',
  'pydantic.dataclasses.dataclass',
  'typing.final',
]);

/** Decorators after which a call runs the function's own body, there and then. */
export const RUNNING_DECORATORS: ReadonlySet<string> = new Set([
  'backoff.on_exception',
  'backoff.on_predicate',
  'builtins.classmethod',
  'builtins.property',
  'builtins.staticmethod',
  'contextlib.asynccontextmanager',
  'contextlib.contextmanager',
  'pydantic.validate_call',
  'sqlalchemy.orm.reconstructor',
  'tenacity.retry',
  'typing.no_type_check',
  'typing.override',
  'typing_extensions.deprecated',
  'typing_extensions.override',
  'warnings.deprecated',
]);
