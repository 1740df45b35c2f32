/** How SQLAlchemy and SQLModel load related objects, by public name. */

/** Calls that declare a relationship in the body of a mapped class. */
export const RELATIONSHIPS: ReadonlySet<string> = new Set([
  'sqlalchemy.orm.relationship',
  'sqlalchemy.orm.relation',
  'sqlmodel.Relationship',
]);

/** What `lazy=` says of a relationship that is loaded when it is first read. */
export const LAZY: ReadonlySet<string> = new Set(['select', 'True']);

/** Annotations of relationships that give a query instead of objects. */
export const QUERY_RELATIONSHIPS =
  /^sqlalchemy\.orm\.(?:dynamic\.)?(?:DynamicMapped|WriteOnlyMapped)$/;

/** Calls that say how something is loaded: the arguments of `options(...)`. */
export const LOADERS: ReadonlySet<string> = new Set(
  (
    'selectinload joinedload subqueryload immediateload contains_eager lazyload noload raiseload load_only defer ' +
    'undefer defaultload with_loader_criteria selectin_polymorphic Load'
  )
    .split(' ')
    .flatMap((name) => [`sqlalchemy.orm.${name}`, `sqlalchemy.orm.strategy_options.${name}`]),
);

const SYNC = ['sqlalchemy.orm.Session', 'sqlmodel.Session', 'sqlalchemy.orm.scoped_session'];
const ASYNC = [
  'sqlalchemy.ext.asyncio.AsyncSession',
  'sqlmodel.ext.asyncio.session.AsyncSession',
  'sqlalchemy.ext.asyncio.async_scoped_session',
];

export const ASYNC_SESSIONS: ReadonlySet<string> = new Set(ASYNC);
/** Those that are the same object for everybody; a scoped session is another one in each task. */
export const UNSCOPED_SESSIONS: ReadonlySet<string> = new Set(
  ASYNC.filter((name) => !name.endsWith('scoped_session')),
);
export const SYNC_SESSIONS: ReadonlySet<string> = new Set(SYNC);
export const ALL_SESSIONS: ReadonlySet<string> = new Set([...SYNC, ...ASYNC]);

/** Methods of a session that give objects of a statement, of a class and a key, or begin a query of a class. */
export const FETCHES: ReadonlyMap<string, 'statement' | 'key' | 'query'> = new Map(
  [...SYNC, ...ASYNC].flatMap((session) => [
    ...['execute', 'scalar', 'scalars', 'exec'].map(
      (name) => [`${session}.${name}`, 'statement'] as const,
    ),
    [`${session}.get`, 'key'] as const,
    [`${session}.get_one`, 'key'] as const,
    [`${session}.query`, 'query'] as const,
  ]),
);

/** Methods that hand on what a query, or its result, holds. */
export const HANDING_ON: ReadonlySet<string> = new Set(
  'all first one one_or_none scalar scalar_one scalar_one_or_none scalars unique fetchall tuples get'.split(
    ' ',
  ),
);

/** Methods of a query, or a statement, that give another of the same. */
export const REFINING: ReadonlySet<string> = new Set(
  (
    'where filter filter_by join outerjoin options order_by group_by having limit offset distinct select_from ' +
    'with_for_update execution_options populate_existing slice fetch correlate correlate_except'
  ).split(' '),
);

/** Calls that begin a statement which gives objects. */
export const SELECTS: ReadonlySet<string> = new Set([
  'sqlalchemy.select',
  'sqlalchemy.future.select',
  'sqlalchemy.sql.select',
  'sqlalchemy.sql.expression.select',
  'sqlmodel.select',
  'sqlmodel.sql.expression.select',
]);
