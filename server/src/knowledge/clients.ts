/** HTTP clients that keep connections, by public name: they are made once. */
export const HTTP_CLIENTS: ReadonlySet<string> = new Set([
  'httpx.AsyncClient',
  'httpx.Client',
  'httpx2.AsyncClient',
  'httpx2.Client',
  'aiohttp.ClientSession',
]);

/** Arguments that make one client differ from another, as the connection does. */
export const CLIENT_IDENTITY: ReadonlySet<string> = new Set(
  'transport mounts proxy proxies cert verify ssl auth cookies cookie_jar app base_url connector local_address'.split(
    ' ',
  ),
);
