import { permissionsOf, roles } from '../domain/roles.js';
import { landingPath } from './landing-path.js';

it('sends every role to a page that it may see', () => {
  expect(roles.map((role) => landingPath(permissionsOf([role])))).toEqual([
    '/issues',
    '/issues',
    '/issues',
    '/accounts',
    '/audit',
    '/issues',
  ]);
});
