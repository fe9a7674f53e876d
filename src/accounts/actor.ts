import type { Role } from '../domain/issue-state.js';

/** Whoever acts: a signed-in account. */
export interface Actor {
  id: string;
  name: string;
  roles: readonly Role[];
}
