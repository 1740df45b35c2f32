/** See environment.mjs. */
export function pythonEnvironment(): Promise<{ python: string; docsSrc: string }>;
