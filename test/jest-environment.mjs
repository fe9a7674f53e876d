// The surroundings of a test file: the worker's own realm, put back as it was when the file is done (see jest-runtime.mjs).
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** Where Jest keeps the tests of a file: they would hold all that the file made, and run its handlers again in the next one. */
const keptByJest = new Set(['JEST_STATE_SYMBOL', 'EVENT_HANDLERS']);

export default class OneRealm {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  #before = { console: globalThis.console, exit: process.exit, env: { ...process.env } };

  constructor({ projectConfig: config }) {
    this.fakeTimersModern = new ModernFakeTimers({ config, global: globalThis });
  }

  async setup() {}

  /** None: whatever is compiled without one belongs to this realm. */
  getVmContext() {
    return undefined;
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    const { console, exit, env } = this.#before;
    globalThis.console = console;
    process.exit = exit;
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    for (const key of Object.getOwnPropertySymbols(globalThis))
      if (keptByJest.has(key.description)) Reflect.deleteProperty(globalThis, key);
  }
}
