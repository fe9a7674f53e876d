import type { Role } from '../domain/roles.js';

/** Whoever acts: a signed-in account. */
export interface Actor {
  id: string;
  name: string;
  roles: readonly Role[];
  /** Ids of the publications for which the roles hold; absent or empty: all. */
  publications?: readonly string[];
}
