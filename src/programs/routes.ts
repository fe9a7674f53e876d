import { routeLines, routesOf } from '../accounts/routes.js';
import { web } from './web.js';

process.stdout.write(`${routeLines(routesOf(web.controllers)).join('\n')}\n`);
