import path from 'node:path';
import { build } from '../../client/scripts/build.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Builds everything over the stand-in analysis into a folder of the caller's own and gives the paths of the bundles.
 * `name` keeps test files that run at the same time apart.
 */
export async function buildWithFake(name: string) {
  const outdir = path.join('.cache', 'fake', name);
  await build({ outdir, analysis: 'test/fake/analysis.ts' });
  const bundle = (file: string) => path.join(root, outdir, file);
  return {
    cli: bundle('cli.js'),
    server: bundle('server.node.cjs'),
    webServer: bundle('server.web.js'),
  };
}
