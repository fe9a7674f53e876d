import pg from 'pg';

/**
 * What a session is told when it opens. It stands above what the server, the database, the role, PGOPTIONS and the address
 * set, because Prisma's adapter (7.10) writes a time without its zone and takes whatever zone it reads for UTC: in a session of
 * any other zone two ways of writing the same moment differ by hours. It reads dates in the ISO style only.
 */
const session = { TimeZone: 'UTC', DateStyle: 'ISO, YMD' };

// A Date given to the driver itself would be written in the zone of this machine.
pg.defaults.parseInputDatesAsUTC = true;

/** Every connection of this program to PostgreSQL is one of these. */
export class PostgresClient extends pg.Client {
  /** pg (8.23) asks this for the start-up message, whose parameters outrank every other source of a setting. */
  getStartupConf(): Record<string, string> {
    const parent = pg.Client.prototype as unknown as { getStartupConf(): Record<string, string> };
    return { ...parent.getStartupConf.call(this), ...session };
  }
}

/** @param options.Client a subclass, for who changes what goes over the wire */
export const postgresPool = (
  url: string,
  options: Omit<pg.PoolConfig, 'connectionString'> & { Client?: typeof PostgresClient } = {},
): pg.Pool => new pg.Pool({ Client: PostgresClient, ...options, connectionString: url });

export const postgresClient = (url: string, name: string): PostgresClient =>
  new PostgresClient({ connectionString: url, application_name: name });
