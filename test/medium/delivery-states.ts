import type { World } from '../world.js';

/** How many deliveries of the channel are in which state. */
export async function deliveryStates(world: World, channel: string): Promise<Record<string, number>> {
  const rows = await world.query<{ state: string; n: number }>(
    'SELECT state, count(*)::int AS n FROM delivery WHERE channel = $1 GROUP BY state',
    [channel],
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}
