/**
 * What the server's process is started with. Its young objects get no more room than this many megabytes: by itself V8
 * takes a hundred more on a large project, and is no faster for it.
 */
export const SERVER_FLAGS: readonly string[] = ['--max-semi-space-size=16'];
