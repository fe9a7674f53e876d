// How a test file is loaded. Jest gives each file a realm and a module graph of its own: Nest, Prisma, fastify and the program
// are compiled, linked and run again for every file, and every global is looked up through a proxy. Here Node loads packages
// and the program natively, once a worker; only what belongs to the tests (specs and what they import below test/) is made anew
// for each file. All of it lives in the worker's one realm, so that an Error or an array is the same thing on both sides.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';

const require = createRequire(import.meta.url);
const { default: Runtime } = require('jest-runtime');

const [sources, built] = ['src', 'dist'].map((name) => join(import.meta.dirname, '..', name) + sep);

const esm = {
  supportsDynamicImport: true,
  supportsExportNamespaceFrom: true,
  supportsStaticESM: true,
  supportsTopLevelAwait: true,
};

/** Jest loads a runtime with `require`, and looks for this before `default`. */
export const __esModule = true;

export default class OnceAWorker extends Runtime {
  /** Of this test file, by path, address or name. */
  #modules = new Map();
  #fromDist;

  constructor(config, ...others) {
    super(config, ...others);
    this.#fromDist = config.testEnvironmentOptions.program === 'dist';
  }

  /** Jest's own part that collects and runs the tests: it begins anew with each file. */
  requireInternalModule(path) {
    delete require.cache[path];
    return createRequire(path)(path);
  }

  async unstable_importModule(path) {
    return this.#run(this.#ofTests(path));
  }

  async #run(module) {
    if (module.status === 'unlinked') await module.link((specifier, from) => this.#load(specifier, from.identifier));
    if (module.status === 'linked') await module.evaluate();
    return module;
  }

  #load(specifier, from) {
    if (specifier === '@jest/globals') return this.#handOver(specifier, this.requireModuleOrMock(from, specifier));
    if (!specifier.startsWith('.')) return this.#native(specifier);
    const path = resolve(dirname(from), specifier);
    const written = path.replace(/\.js$/, '.ts');
    if (written === path) return this.#native(pathToFileURL(path).href);
    const program = this.#fromDist && path.startsWith(sources) && path.replace(sources, built);
    // The compiler leaves out what only tests import, as src/…/testing/.
    return program && existsSync(program) ? this.#native(pathToFileURL(program).href) : this.#ofTests(written);
  }

  async #native(specifier) {
    return this.#modules.get(specifier) ?? this.#handOver(specifier, await import(specifier));
  }

  #handOver(identifier, values) {
    const names = Object.keys(values);
    const give = function () {
      for (const name of names) this.setExport(name, values[name]);
    };
    return this.#keep(new vm.SyntheticModule(names, give, { identifier }));
  }

  #ofTests(path) {
    const url = pathToFileURL(path).href;
    return (
      this.#modules.get(path) ??
      this.#keep(
        new vm.SourceTextModule(this.transformCache.transform(path, esm), {
          identifier: path,
          initializeImportMeta: (meta) => Object.assign(meta, { url, filename: path, dirname: dirname(path) }),
          importModuleDynamically: async (specifier) => this.#run(await this.#load(specifier, path)),
        }),
      )
    );
  }

  #keep(module) {
    this.#modules.set(module.identifier, module);
    return module;
  }
}
