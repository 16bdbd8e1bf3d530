/** Who may import whom: docs/architecture.md in words, this file in force. */
const own = name => `^packages/${name}/`
const meetInCore = ['visualization', 'datasets', 'inference']
const models = ['vanilla-gan', 'dcgan']
const only = (name, allowed) => ({
  name: `${name}-imports-only-${allowed.join('-')}`,
  severity: 'error',
  from: { path: `^packages/${name}/src/` },
  to: { path: '^packages/', pathNot: [own(name), ...allowed.map(own)] },
})

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphan',
      severity: 'error',
      from: {
        orphan: true,
        path: '/src/',
        // The last is what webpack loads by its path.
        pathNot: ['\\.d\\.ts$', '^packages/core/src/tfjs\\.ts$', '/typescript-loader\\.cjs$'],
      },
      to: {},
    },
    {
      name: 'not-into-apps',
      comment: 'The studio is a page of the apps themselves.',
      severity: 'error',
      from: { path: '^packages/(?!studio/)' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-testkit-in-sources',
      severity: 'error',
      from: { path: '^(packages|apps)/[^/]+/src/', pathNot: own('testkit') },
      to: { path: own('testkit') },
    },
    {
      name: 'node-behind-a-subpath',
      comment:
        'What index.ts reaches must run in a tab; Node modules belong to node.ts, the files beside it in node/, and a node.ts in a folder.',
      severity: 'error',
      from: {
        path: '^packages/[^/]+/src/',
        pathNot: [
          '^packages/(cli|testkit)/',
          '^packages/conformance/src/browser/',
          '/src/node\\.ts$',
          '/src/[^/]+/node\\.ts$',
          '/src/node/',
        ],
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'main-entry-keeps-out-of-node',
      severity: 'error',
      from: {
        path: '^packages/[^/]+/src/',
        pathNot: ['^packages/cli/', '/src/node\\.ts$', '/src/[^/]+/node\\.ts$', '/src/node/'],
      },
      to: {
        path: ['^packages/[^/]+/src/node(\\.ts|/)', '^packages/[^/]+/src/[^/]+/node\\.ts$'],
        // Types are gone by the time a page loads the module.
        dependencyTypesNot: ['type-only'],
      },
    },
    only('core', []),
    only('losses', ['core']),
    only('layers', ['core']),
    only('runtime', ['core']),
    ...meetInCore.map(name => only(name, ['core'])),
    ...['trainer', 'metrics'].map(name => only(name, ['core', 'inference'])),
    only('experiment', ['core', 'losses', 'datasets', 'trainer', 'inference']),
    ...models.map(name => only(name, ['core', 'losses', 'layers'])),
    only('image-to-image', ['core', 'losses', 'layers', 'trainer']),
    {
      name: 'not-into-the-command',
      severity: 'error',
      from: { path: '^(packages|apps)/[^/]+/src/', pathNot: own('cli') },
      to: { path: own('cli') },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '/node_modules/', '/fixtures/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@gankit/source', 'import', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
}
