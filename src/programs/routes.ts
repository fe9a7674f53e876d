import { routeLines, routesOf } from '../accounts/routes.js';
import { stopWhenNobodyReads } from './piped.js';
import { controllers } from './web.js';

stopWhenNobodyReads();
process.stdout.write(`${routeLines(routesOf(controllers)).join('\n')}\n`);
