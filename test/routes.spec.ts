import { unmarkedRoutes } from '../src/accounts/needs.js';
import { web } from '../src/web.js';

describe('routes', () => {
  it('says of every one who may use it: deny by default', () => {
    expect(web.controllers.length).toBeGreaterThan(15);
    expect(unmarkedRoutes(web.controllers)).toEqual([]);
  });
});
