import { routeLines, routesOf } from '../accounts/routes.js';
import { stopWhenNobodyReads } from './piped.js';
import { web } from './web.js';

stopWhenNobodyReads();
process.stdout.write(`${routeLines(routesOf(web.controllers)).join('\n')}\n`);
