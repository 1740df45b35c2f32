/** Drivers of SQLAlchemy's dialects, as URLs name them. */

/** What a URL without a driver loads; from 2.1 on, those of PostgreSQL and Oracle are asynchronous ones as well. */
export const DEFAULT_DRIVERS: Readonly<Record<string, string>> = {
  postgresql: 'psycopg2',
  mysql: 'mysqlclient',
  mariadb: 'mysqlclient',
  sqlite: 'pysqlite',
  mssql: 'pyodbc',
  oracle: 'cx_oracle',
};

/** Dialects whose own driver is asynchronous since SQLAlchemy 2.1. */
export const ASYNC_SINCE_2_1: ReadonlySet<string> = new Set(['postgresql', 'oracle']);

export const SYNC_DRIVERS: ReadonlySet<string> = new Set(
  'psycopg2 psycopg2cffi pg8000 mysqldb mysqlclient pymysql mysqlconnector pyodbc pymssql pysqlite pysqlcipher cx_oracle'.split(
    ' ',
  ),
);

/** By dialect, the asynchronous drivers, the usual one first; each is the name of a package too. */
export const ASYNC_DRIVERS: Readonly<Record<string, readonly string[]>> = {
  postgresql: ['asyncpg', 'psycopg'],
  mysql: ['asyncmy', 'aiomysql'],
  mariadb: ['asyncmy', 'aiomysql'],
  sqlite: ['aiosqlite'],
  mssql: ['aioodbc'],
  oracle: ['oracledb'],
};
