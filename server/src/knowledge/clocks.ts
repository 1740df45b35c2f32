/** Calls that give a time in UTC that doesn't say so, and the method that does. */
export const NAIVE_CLOCKS: ReadonlyMap<
  string,
  { readonly aware: string; readonly takesTime: boolean }
> = new Map([
  ['datetime.datetime.utcnow', { aware: 'now', takesTime: false }],
  ['datetime.datetime.utcfromtimestamp', { aware: 'fromtimestamp', takesTime: true }],
]);
