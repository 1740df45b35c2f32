// Bundles the extension, the server and the command line into dist/, with everything they read at run time.
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { assembled } from './curriculum.mjs';
import { notices } from './notices.mjs';
import { withCode } from './pages.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const require = createRequire(import.meta.url);

/** The oldest of what runs it: VS Code 1.100 has Node 20, and the command line asks for no more. */
const node = { platform: 'node', target: 'node20' };
const browser = {
  platform: 'browser',
  target: 'es2022',
  mainFields: ['browser', 'module', 'main'],
};

// The ES module of web-tree-sitter asks for `import.meta.url`, which a CommonJS bundle does not have.
const webTreeSitter = { 'web-tree-sitter': require.resolve('web-tree-sitter') };

/** Loaded where they are installed (optional dependencies), never a part of a bundle. */
const native = ['tree-sitter', 'tree-sitter-python'];

function bundles() {
  return [
    {
      ...node,
      entryPoints: ['client/src/extension.ts'],
      outfile: 'client.cjs',
      format: 'cjs',
      external: ['vscode'],
    },
    {
      ...browser,
      entryPoints: ['client/src/extension.web.ts'],
      outfile: 'client.web.cjs',
      format: 'cjs',
      external: ['vscode'],
    },
    {
      ...browser,
      entryPoints: ['client/src/learn/inPage.ts'],
      outfile: 'reader.js',
      format: 'iife',
    },
    {
      ...node,
      entryPoints: ['server/src/main.node.ts'],
      outfile: 'server.node.cjs',
      format: 'cjs',
      external: native,
      alias: webTreeSitter,
    },
    {
      ...browser,
      entryPoints: ['server/src/main.web.ts'],
      outfile: 'server.web.js',
      format: 'iife',
      external: native,
      alias: webTreeSitter,
    },
    {
      ...node,
      entryPoints: ['server/src/cli.ts'],
      outfile: 'cli.js',
      format: 'esm',
      external: native,
      banner: {
        js: '#!/usr/bin/env node\nimport { createRequire as __createRequire } from "node:module";\nconst require = __createRequire(import.meta.url);',
      },
    },
  ];
}

/** Puts another module in the place of server/src/analysis.ts: tests try the faces without the real rules. */
const standIn = (module) => ({
  name: 'stand-in',
  setup(plugin) {
    plugin.onResolve({ filter: /\/analysis\.ts$/ }, () => ({ path: path.resolve(root, module) }));
  },
});

/** Builds everything into `outdir`. Rejects when a bundle cannot be made. */
export async function build({ production = false, outdir = 'dist', analysis } = {}) {
  // A page that is gone must not stay.
  rmSync(path.join(root, outdir, 'pages'), { recursive: true, force: true });
  const results = await Promise.all(
    bundles().map(({ outfile, ...options }) =>
      esbuild.build({
        absWorkingDir: root,
        bundle: true,
        metafile: true,
        outfile: path.join(outdir, outfile),
        minify: production,
        sourcemap: production ? false : 'linked',
        legalComments: 'none',
        logLevel: 'warning',
        plugins: analysis === undefined ? [] : [standIn(analysis)],
        ...options,
      }),
    ),
  );
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const text = notices(root, inputs, ['web-tree-sitter', 'tree-sitter-python']);
  writeFileSync(path.join(root, outdir, 'THIRD-PARTY-NOTICES.txt'), text);
  copyFiles(path.join(root, outdir));
}

function copyFiles(outdir) {
  const copy = (from, to) => {
    const target = path.join(outdir, to);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true });
  };
  copy(require.resolve('web-tree-sitter/web-tree-sitter.wasm'), 'web-tree-sitter.wasm');
  const grammar = path.dirname(require.resolve('tree-sitter-python/package.json'));
  copy(path.join(grammar, 'tree-sitter-python.wasm'), 'tree-sitter-python.wasm');
  // Some versions of the web host add `.js` to the name in the manifest, others take it as it is; and without
  // `.cjs` in it they take it for an ES module.
  copy(path.join(outdir, 'client.web.cjs'), 'client.web.cjs.js');
  const curriculum = assembled(path.join(root, 'walkthroughs'));
  writeFileSync(path.join(outdir, 'curriculum.json'), JSON.stringify(curriculum));
  const rules = path.join(root, 'server', 'src', 'rules');
  // A page of a rule stands in the folder of its category.
  for (const page of globSync('*/*.md', { cwd: rules })) {
    const source = path.join(rules, page);
    const target = path.join(outdir, 'pages', page);
    const text = readFileSync(source, 'utf8');
    const isKorean = page.endsWith('.ko.md');
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(
      target,
      isKorean ? withCode(text, readFileSync(source.replace(/\.ko\.md$/, '.md'), 'utf8')) : text,
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build({ production: process.argv.includes('--production') });
  } catch (error) {
    // esbuild has printed where it went wrong.
    if (!Array.isArray(error?.errors)) console.error(error);
    process.exitCode = 1;
  }
}
