import { dirname } from 'node:path';

const common = {
  testEnvironment: 'node',
  rootDir: dirname(import.meta.dirname),
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' }, // './x.js' in source is './x.ts' on disk
  transform: { '^.+\\.ts$': '@swc/jest' }, // reads .swcrc
};

export default {
  rootDir: dirname(import.meta.dirname),
  maxWorkers: 3, // on two cores: end-to-end tests wait for most of their time
  // A worker links the module graph anew for each file and lets little of it go: a fresh one is faster than an old one.
  workerIdleMemoryLimit: '400MB',
  testSequencer: '<rootDir>/test/longest-first.mjs',
  testTimeout: 300_000, // for a busy machine: whatever waits in a test gives up earlier, by name
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/*.spec.ts', '<rootDir>/test/contracts/**/*.spec.ts'],
    },
    {
      ...common,
      displayName: 'medium',
      testMatch: ['<rootDir>/test/medium/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/start-database.mjs',
      globalTeardown: '<rootDir>/test/stop-database.mjs',
    },
    {
      ...common,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/enter-temporary-folder.mjs',
      globalTeardown: '<rootDir>/test/leave-temporary-folder.mjs',
    },
  ],
};
