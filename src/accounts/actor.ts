import type { Role } from '../domain/roles.js';

/** Whoever acts: a signed-in account. */
export interface Actor {
  id: string;
  name: string;
  roles: readonly Role[];
}
