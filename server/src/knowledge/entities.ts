/** Which calls of SQLAlchemy, SQLModel and Pydantic give objects of a project's class, by public name, and where the class is named. */
export interface EntityStep {
  /**
   * `class`: the first argument. `classes`: the first argument, when it is the only one. `statement`: what the first
   * argument selects. `receiver`: what the object before the dot holds. `rows`: what the rows that it holds hold. `owner`: what
   * stands before the dot.
   */
  readonly from: 'class' | 'classes' | 'statement' | 'receiver' | 'rows' | 'owner';
  /** One object of the class, or the container of them. */
  readonly gives: string;
  /** The container holds rows of one object each. */
  readonly isOfRows?: boolean;
}

type Table = readonly (readonly [string, EntityStep])[];

function methods(owner: string, members: string, step: EntityStep): Table {
  return members.split(' ').map((member) => [`${owner}.${member}`, step] as const);
}

const SELECT = 'sqlalchemy.Select';
const QUERY = 'sqlalchemy.orm.Query';
const RESULT = 'sqlalchemy.Result';
const SCALARS = 'sqlalchemy.ScalarResult';
const LIST = 'builtins.list';
const ONE = 'first one one_or_none';
const REFINING =
  'where filter filter_by join outerjoin options order_by group_by having limit offset distinct select_from ' +
  'with_for_update execution_options';

const SESSIONS = [
  'sqlalchemy.orm.Session',
  'sqlalchemy.ext.asyncio.AsyncSession',
  'sqlmodel.Session',
  'sqlmodel.ext.asyncio.session.AsyncSession',
  'sqlalchemy.orm.scoped_session',
  'sqlalchemy.ext.asyncio.async_scoped_session',
].flatMap(
  (session): Table => [
    ...methods(session, 'get get_one', { from: 'class', gives: 'one' }),
    [`${session}.query`, { from: 'classes', gives: QUERY }],
    [`${session}.scalar`, { from: 'statement', gives: 'one' }],
    ...methods(session, 'scalars exec', { from: 'statement', gives: SCALARS }),
    [`${session}.execute`, { from: 'statement', gives: RESULT, isOfRows: true }],
  ],
);

const MODELS = [
  'pydantic.BaseModel',
  'sqlmodel.SQLModel',
  'pydantic_settings.BaseSettings',
].flatMap((model) =>
  methods(
    model,
    'model_validate model_validate_json model_construct model_copy parse_obj parse_raw from_orm construct copy',
    { from: 'owner', gives: 'one' },
  ),
);

export const ENTITY_STEPS: ReadonlyMap<string, EntityStep> = new Map([
  ...MODELS,
  ...SESSIONS,
  ['sqlalchemy.select', { from: 'classes', gives: SELECT }],
  ['sqlalchemy.future.select', { from: 'classes', gives: SELECT }],
  ['sqlmodel.select', { from: 'classes', gives: SELECT }],
  ...methods(SELECT, REFINING, { from: 'receiver', gives: SELECT }),
  ...methods(QUERY, `${REFINING} populate_existing enable_eagerloads`, {
    from: 'receiver',
    gives: QUERY,
  }),
  ...methods(QUERY, `${ONE} get`, { from: 'receiver', gives: 'one' }),
  [`${QUERY}.all`, { from: 'receiver', gives: LIST }],
  [`${RESULT}.scalars`, { from: 'rows', gives: SCALARS }],
  ...methods(RESULT, 'scalar scalar_one scalar_one_or_none', { from: 'rows', gives: 'one' }),
  [`${RESULT}.unique`, { from: 'rows', gives: RESULT, isOfRows: true }],
  [`${SCALARS}.unique`, { from: 'receiver', gives: SCALARS }],
  ...methods(SCALARS, ONE, { from: 'receiver', gives: 'one' }),
  ...methods(SCALARS, 'all fetchall', { from: 'receiver', gives: LIST }),
]);
