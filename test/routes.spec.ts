import { accessTo, routesOf } from '../src/accounts/routes.js';
import { apiScopeNames, permissions } from '../src/domain/roles.js';
import { controllers } from '../src/programs/web.js';

const routes = routesOf(controllers);

describe('routes', () => {
  it('says of every one who may use it: deny by default', () => {
    expect(routes.length).toBeGreaterThan(200);
    expect(routes.filter((route) => accessTo(route) === 'nobody').map(({ handler }) => handler)).toEqual([]);
  });

  it('ask for every permission and every scope there is', () => {
    const asked = new Set(routes.flatMap(({ needs, partNeeds, scope }) => [...needs, partNeeds, scope]));
    expect([...permissions, ...apiScopeNames].filter((one) => !asked.has(one))).toEqual([]);
  });

  it('are answered by one handler each', () => {
    const addresses = routes.map(({ method, path }) => `${method} ${path}`);
    expect(addresses.filter((address, at) => addresses.indexOf(address) !== at)).toEqual([]);
  });
});
