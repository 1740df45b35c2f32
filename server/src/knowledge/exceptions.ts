/** Exceptions by public name. */

/** Who catches these catches nearly everything. */
export const BROAD_EXCEPTIONS: ReadonlySet<string> = new Set([
  'builtins.Exception',
  'builtins.BaseException',
]);

/** Errors of SQLAlchemy that came with a statement: their text holds it, with its values. */
export const DATABASE_ERRORS: ReadonlySet<string> = new Set(
  (
    'SQLAlchemyError StatementError DBAPIError DatabaseError DataError IntegrityError ' +
    'InternalError OperationalError ProgrammingError'
  )
    .split(' ')
    .map((name) => `sqlalchemy.exc.${name}`),
);
