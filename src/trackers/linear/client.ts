import type { z } from 'zod';
import { TrackerError } from '../tracker-error.ts';
import type { Transport, TransportResponse } from '../transport.ts';
import { isTooComplex } from './classify.ts';
import type { LinearDocument } from './documents.ts';

/** A checked answer, and what it cost. */
export interface Answer<T> {
  readonly data: T;
  /** Linear's clock when it answered. */
  readonly date: number;
  /** Points, when Linear told them. */
  readonly points: number | undefined;
  /** How many rows were asked for in the end. */
  readonly first: number;
}

type Variables = Readonly<Record<string, unknown>> & { readonly first: number };

export interface LinearClient {
  readonly source: string;
  /**
   * Asks one of our documents and checks the answer. A question that Linear finds too complex is asked for `instead` as
   * many rows, or else for half as many.
   */
  readonly ask: <Schema extends z.ZodType>(
    document: LinearDocument<Schema>,
    variables: Variables,
    instead?: number,
  ) => Promise<Answer<z.infer<Schema>>>;
}

// An answer of the wrong shape is mostly a gateway's, and gone at the next try.
const TRIES = 3;

/** Linear's API over our transport; the base address is the API itself. */
export function createLinearClient(source: string, transport: Transport, signal?: AbortSignal): LinearClient {
  const send = (document: LinearDocument, variables: Variables): Promise<TransportResponse> =>
    transport.send({
      method: 'POST',
      path: '/graphql',
      body: { query: document.text, operationName: nameOf(document), variables },
      ...(signal === undefined ? {} : { signal }),
    });

  async function ask<Schema extends z.ZodType>(
    document: LinearDocument<Schema>,
    variables: Variables,
    instead?: number,
  ): Promise<Answer<z.infer<Schema>>> {
    let { first } = variables;
    for (let attempt = 1; ; attempt += 1) {
      const response = await send(document, { ...variables, first });
      if (isTooComplex(response)) {
        if (first === 1) throw refused(source, document);
        first = instead !== undefined && instead < first ? instead : Math.max(1, Math.floor(first / 2));
        attempt = 0;
        continue;
      }
      const body: unknown = response.body;
      const data: unknown =
        typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined;
      const parsed = document.data.safeParse(data);
      if (parsed.success && response.date !== undefined) {
        const points = Number(response.headers.get('x-complexity') ?? Number.NaN);
        return {
          data: parsed.data,
          date: response.date,
          points: Number.isFinite(points) ? points : undefined,
          first,
        };
      }
      if (attempt === TRIES) throw misshapen(source, document, parsed.error);
    }
  }

  return { source, ask };
}

const nameOf = ({ text }: LinearDocument): string => /query (\w+)/.exec(text)?.[1] ?? '';

function refused(source: string, document: LinearDocument): TrackerError {
  return new TrackerError('rejected', {
    source,
    message:
      `${source} finds even one row of an answer too complex (${nameOf(document)}). ` +
      'Linear has lowered its limits: update evenkeel.',
  });
}

function misshapen(source: string, document: LinearDocument, error: z.ZodError | undefined): TrackerError {
  const [first] = error?.issues ?? [];
  // The place and the complaint only: the value may be somebody's text.
  const place = first === undefined || first.path.length === 0 ? 'the answer' : first.path.join('.');
  return new TrackerError('unexpected_response', {
    source,
    message:
      `${source} answered in a shape that cannot be read (${nameOf(document)}: ${place}: ` +
      `${error === undefined ? 'comes without a date' : (first?.message ?? '')}). ` +
      'The next sync tries again; if it lasts, check that the url of the source is that of Linear’s API.',
    cause: error,
  });
}
