/** Calls that hold up the thread they run on, by public name. A table, so that rules hold no lists. */
const HTTP_VERBS = 'get post put patch delete head options request'.split(' ');

function names(owner: string, members: readonly string[]): string[] {
  return members.map((member) => `${owner}.${member}`);
}

const HTTPX = ['httpx', 'httpx2'].flatMap((module) => [
  ...names(module, [...HTTP_VERBS, 'stream']),
  ...names(`${module}.Client`, [...HTTP_VERBS, 'stream', 'send']),
]);

/** Calls that wait for another server's answer. */
export const BLOCKING_HTTP: ReadonlySet<string> = new Set([
  ...names('requests', HTTP_VERBS),
  ...names('requests.Session', [...HTTP_VERBS, 'send']),
  ...HTTPX,
  'urllib.request.urlopen',
  'urllib.request.urlretrieve',
  'urllib3.request',
  ...[
    'urllib3.PoolManager',
    'urllib3.ProxyManager',
    'urllib3.HTTPConnectionPool',
    'urllib3.HTTPSConnectionPool',
  ].flatMap((pool) =>
    names(pool, ['request', 'urlopen', 'request_encode_url', 'request_encode_body']),
  ),
  ...['http.client.HTTPConnection', 'http.client.HTTPSConnection'].flatMap((connection) =>
    names(connection, ['request', 'getresponse', 'connect']),
  ),
]);
