import { dirname } from 'node:path';

const common = {
  testEnvironment: '<rootDir>/test/jest-environment.mjs',
  runtime: '<rootDir>/test/jest-runtime.mjs', // loads modules; packages once a worker
  rootDir: dirname(import.meta.dirname),
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' }, // reads .swcrc
};
/** Services and pages are tested as they are shipped, and loaded once a worker. Unit tests read the sources. */
const shipped = { testEnvironmentOptions: { program: 'dist' } };

export default {
  rootDir: dirname(import.meta.dirname),
  maxWorkers: 3, // on two cores: end-to-end tests wait for most of their time
  workerIdleMemoryLimit: '400MB', // looked at between two files; what one of them needs comes on top
  testSequencer: '<rootDir>/test/longest-first.mjs',
  testTimeout: 300_000, // for a busy machine: whatever waits in a test gives up earlier, by name
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/*.spec.ts', '<rootDir>/test/contracts/**/*.spec.ts'],
    },
    {
      ...{ ...common, ...shipped },
      displayName: 'medium',
      testMatch: ['<rootDir>/test/medium/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/start-database.mjs',
      globalTeardown: '<rootDir>/test/stop-database.mjs',
    },
    {
      ...{ ...common, ...shipped },
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/enter-temporary-folder.mjs',
      globalTeardown: '<rootDir>/test/leave-temporary-folder.mjs',
    },
  ],
};
