/** Calls that only read from another server, so that several may be under way at once. */
export const FETCHES: ReadonlySet<string> = new Set(
  'get head options'.split(' ').map((verb) => `httpx.AsyncClient.${verb}`),
);

/** What else may be awaited on the way, and changes nothing. */
export const READS_ON: ReadonlySet<string> = new Set([
  'httpx.Response.aread',
  'httpx.Response.aclose',
]);

/** What may be entered: clients, whose end only closes them. */
export const FETCHERS: ReadonlySet<string> = new Set(['httpx.AsyncClient']);
