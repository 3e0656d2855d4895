// Mutation tests: each rule below is changed in hundreds of small ways, and a test must notice each.
// Only tests that need no database run here; what survives is told in docs/development/mutation.md.

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [
    'packages/core/src/**/*.ts',
    'packages/contract/src/webhook-signature.ts',
    'packages/server/src/webhooks/destinations.ts',
    '!packages/core/src/index.ts',
    '!packages/core/src/testing/**',
    '!**/*.test.ts',
  ],
  testRunner: 'tap',
  tap: {
    testFiles: [
      // A rush hour takes longer than all other tests together.
      'packages/core/src/**/!(rush-hour).test.ts',
      'packages/contract/src/webhook-signature.test.ts',
      'packages/server/src/webhooks/destinations.test.ts',
    ],
    nodeArgs: ['--test-reporter=tap', '-r', '{{hookFile}}', '{{testFile}}'],
  },
  coverageAnalysis: 'perTest',
  ignorePatterns: ['**', '!package.json', '!packages/**/*.ts', '!packages/*/package.json'],
  // The instrumented sources are run as they are, by stripping their types, so nothing checks them.
  disableTypeChecks: false,
  thresholds: { high: 95, low: 90, break: 90 },
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowEmojis: false, logTests: false, reportTests: false },
  cleanTempDir: 'always',
}
