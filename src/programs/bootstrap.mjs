// Every npm script starts here: installs, generates and builds what is missing, then runs the command. Plain JavaScript,
// because it must run before anything is installed. Says what it does on standard error; standard output belongs to the command.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtStamp, root, schemaHash, sourcesHash, stampIs } from './stamps.mjs';

const [command = 'start', ...rest] = process.argv.slice(2);
const at = (...path) => join(root, ...path);
const say = (text) => process.stderr.write(`${text}\n`);

function run(program, args, env = {}) {
  const { status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}

function install() {
  const [wanted, present] = [at('package-lock.json'), at('node_modules/.package-lock.json')];
  const lockHash = createHash('sha256').update(readFileSync(wanted)).digest('hex');
  const stamp = at('node_modules/.kuaibao-lock');
  if (stampIs(stamp, lockHash)) return;
  if (!existsSync(present) || statSync(present).mtimeMs < statSync(wanted).mtimeMs) {
    say('正在安装依赖（npm ci），首次约需半分钟……');
    run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
  }
  writeFileSync(stamp, lockHash);
}

function generate() {
  const hash = schemaHash();
  const stamp = at('src/generated/.schema');
  if (stampIs(stamp, hash)) return;
  say('正在生成数据库访问代码……');
  // The client runs on a JavaScript driver; the engine binary, which would have to be downloaded, is never used.
  run(process.execPath, [at('node_modules/prisma/build/index.js'), 'generate', '--config', 'prisma/prisma.config.ts'], {
    PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  });
  mkdirSync(at('src/generated'), { recursive: true });
  writeFileSync(stamp, hash);
}

function build() {
  const hash = sourcesHash();
  if (stampIs(builtStamp, hash)) return;
  say('正在编译……');
  run(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json']);
  removeOrphans(at('dist'), at('src'));
  writeFileSync(builtStamp, hash);
}

/** The compiler only builds what changed; what it made of a file that is gone would linger and could be loaded. */
function removeOrphans(built, source) {
  for (const entry of readdirSync(built, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const [made, from] = [join(built, entry.name), join(source, entry.name)];
    if (!entry.isDirectory()) {
      if (!existsSync(from.replace(/\.js(\.map)?$/, '.ts'))) rmSync(made);
    } else if (existsSync(from)) removeOrphans(made, from);
    else rmSync(made, { recursive: true });
  }
}

const jest = (...args) =>
  spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      at('node_modules/jest/bin/jest.js'),
      '-c',
      'test/jest.config.mjs',
      ...args,
    ],
    {
      cwd: root,
      stdio: 'inherit',
    },
  ).status ?? 1;

const program = (name) => async () => {
  process.argv = [process.argv[0], at('dist', 'programs', `${name}.js`), ...rest];
  await import(`../../dist/programs/${name}.js`);
};

const commands = {
  build: async () => say('已就绪。'),
  start: program('main'),
  worker: async () => {
    process.env.ROLE = 'worker';
    await program('main')();
  },
  demo: program('demo'),
  cli: program('cli'),
  routes: program('routes'),
  chaos: async () => {
    process.argv = [process.argv[0], at('test/chaos/chaos.mjs'), ...rest];
    await import('../../test/chaos/chaos.mjs');
  },
  test: async () => {
    const [tier, ...args] = rest;
    const tiers = ['unit', 'medium', 'e2e'];
    process.exitCode = tiers.includes(tier) ? jest(...args, '--selectProjects', tier) : jest(...rest);
  },
  lint: async () => {
    const bin = (...path) => at('node_modules', ...path);
    run(process.execPath, [
      bin('prettier/bin/prettier.cjs'),
      '--cache',
      '--check',
      'src/**/*.{ts,mjs}',
      'test/**/*.{ts,mjs}',
      'prisma/**/*.{ts,mjs}',
    ]);
    run(process.execPath, [
      bin('eslint/bin/eslint.js'),
      '-c',
      'test/eslint.config.mjs',
      '--max-warnings',
      '0',
      '--cache',
      '--cache-location',
      'node_modules/.cache/eslint/',
      'src',
      'test',
      'prisma',
    ]);
    run(process.execPath, [
      bin('typescript/bin/tsc'),
      '-p',
      'tsconfig.json',
      '--incremental',
      '--tsBuildInfoFile',
      'node_modules/.cache/check.tsbuildinfo',
    ]);
  },
  check: async () => {
    await commands.lint();
    process.exitCode = jest('--selectProjects', 'unit');
  },
  bench: async () => {
    process.argv = [process.argv[0], at('test/bench/run.mjs'), ...rest];
    await import('../../test/bench/run.mjs');
  },
  bulletins: async () => {
    process.argv = [process.argv[0], at('test/bulletins/run.mjs'), ...rest];
    await import('../../test/bulletins/run.mjs');
  },
  'migrate-check': async () => {
    execFileSync(process.execPath, [at('prisma/check.mjs'), ...rest], { cwd: root, stdio: 'inherit' });
  },
};

if (!(command in commands)) {
  say(`没有命令 ${command}；可用：${Object.keys(commands).join('、')}`);
  process.exit(2);
}
install();
generate();
// Format, lint and types read the sources; so do unit tests, but for the threads that read files, which are compiled.
if (!['bulletins', 'lint'].includes(command)) build();
await commands[command]();
