// Starts a TypeScript program as it stands: imports of './x.js' are answered with './x.ts', compiled on the way.
import { register } from 'node:module';

register('./typescript.mjs', import.meta.url);
await import(process.argv[2] === 'strangers' ? './strangers.ts' : './run.ts');
