/** One `Dependant` below a route's. */
export interface RunningDependency {
  /** `module.qualname` below every wrapper; of another package's, the class or function alone. */
  call: string;
  /** It is the project's. */
  isOwn: boolean;
  /** Null for one that is only called. */
  parameter: string | null;
  useCache: boolean;
  scope: string | null;
  securityScopes: readonly string[];
  dependencies: readonly RunningDependency[];
}

/** A route of the running app. Lines are 1-based; files are relative to the sample, with `/`. */
export interface RunningRoute {
  kind: 'http' | 'websocket' | 'mount';
  /** Sorted; empty for websockets, mounts and ASGI endpoints that take every method. */
  methods: readonly string[];
  path: string;
  /** Null for a mount without a name. */
  name: string | null;
  /** `module.qualname` below every wrapper; null for mounts. */
  handler: string | null;
  /** Null when the handler is not the project's. A mount stands where it is made. */
  file: string | null;
  /** The line of `def`, `class` or `lambda`; of the call for mounts. */
  line: number | null;
  decoratorLine: number | null;
  /** In the order in which they are called; empty for mounts and plain Starlette routes. */
  dependencies: readonly RunningDependency[];
  /** Answers only requests to this host. */
  host?: string;
  /** The index of the route before it that gets its requests. */
  shadowedBy?: number;
}

export interface RunningApp {
  app: string;
  /** The file of the app's module. */
  path: string;
  routes: RunningRoute[];
  /** Where the flattened routes disagree with what requests reach or what OpenAPI lists. */
  problems: string[];
}

/**
 * Where nobody can know from the source what runs. Both given: `running` is to be spelled
 * `static`. Without `static` the route is not expected; without `running` it may be listed
 * though it is not there before the app starts.
 */
export interface Unknowable {
  running: string | null;
  static: string | null;
  why: string;
}

export interface Sample {
  id: string;
  folder: string;
  apps: (string | { app: string; path: string[] })[];
  path?: string[];
  why: string;
  environment?: Record<string, string>;
  heldBack?: boolean;
  unknowable?: Unknowable[];
}

export interface DocumentationModule {
  id: string;
  apps: RunningApp[];
  /** Why the module cannot be imported here, or null. */
  error: string | null;
}

export interface Oracle {
  samples: { sample: Sample; apps: RunningApp[]; errors: string[] }[];
  documentation: DocumentationModule[];
}

export const samplesFolder: string;
export function readSamples(): Sample[];
export function oracleOf(samples: readonly Sample[]): Promise<Oracle>;
