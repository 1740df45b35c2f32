export interface BuildOptions {
  /** Minified, without source maps. */
  readonly production?: boolean;
  /** Relative to the repository; `dist` unless told. */
  readonly outdir?: string;
  /** A module that takes the place of server/src/analysis.ts, relative to the repository. */
  readonly analysis?: string;
}

/** Builds everything into `outdir`. Rejects when a bundle cannot be made. */
export function build(options?: BuildOptions): Promise<void>;
