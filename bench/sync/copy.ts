import type { Client, Submittable } from 'pg';

/** A COPY under way. */
export interface Copy {
  write(row: readonly Buffer[]): void;
  /** Resolves when the server has stored it all. */
  end(): Promise<void>;
}

/**
 * Begins to copy rows into a table in PostgreSQL's binary form: no byte of them is looked at or escaped on the way,
 * and the server stores one row while we read the next, so nothing that stores the same bytes can be faster.
 */
export async function startCopy(client: Client, table: string): Promise<Copy> {
  const ready = Promise.withResolvers<Connection>();
  const stored = Promise.withResolvers<void>();
  stored.promise.catch(() => undefined);
  // The driver calls these of whatever is submitted to it; it has no COPY of its own.
  const copy = {
    submit: (connection: object) =>
      (connection as Connection).query(`copy ${table} from stdin (format binary)`),
    handleCopyInResponse: (connection: Connection) => ready.resolve(connection),
    handleCommandComplete: () => {},
    handleReadyForQuery: () => stored.resolve(),
    handleError: (error: Error) => {
      ready.reject(error);
      stored.reject(error);
    },
  } satisfies Submittable & Record<string, unknown>;
  client.query(copy);
  const connection = await ready.promise;
  connection.sendCopyFromChunk(HEADER);
  return {
    write: (row) => {
      connection.sendCopyFromChunk(int16(row.length));
      for (const field of row) {
        connection.sendCopyFromChunk(int32(field.length));
        connection.sendCopyFromChunk(field);
      }
    },
    end: () => {
      connection.sendCopyFromChunk(int16(-1));
      connection.endCopyFrom();
      return stored.promise;
    },
  };
}

interface Connection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Signature, no flags, no extension. */
const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
