/** Clients that wait for another server, and how long they do when nobody says. By public name. */
const VERBS = 'get post put patch delete head options request'.split(' ');

function methods(owners: readonly string[], names: readonly string[]): string[] {
  return owners.flatMap((owner) => names.map((name) => `${owner}.${name}`));
}

/** They wait for ever unless they are given a `timeout`. */
export const ENDLESS_BY_DEFAULT: ReadonlySet<string> = new Set([
  ...methods(['requests', 'requests.Session'], VERBS),
  'requests.Session.send',
]);

/** They give up by themselves, but not when they are given `timeout=None`. What streams is meant to wait. */
export const ENDLESS_WITH_NONE: ReadonlySet<string> = new Set(
  ['httpx', 'httpx2'].flatMap((module) => [
    ...methods([module, `${module}.Client`, `${module}.AsyncClient`], VERBS),
    `${module}.Client`,
    `${module}.AsyncClient`,
  ]),
);

/** A limit of nothing: `httpx.Timeout(None)`. */
export const LIMITS: ReadonlySet<string> = new Set(['httpx.Timeout', 'httpx2.Timeout']);
