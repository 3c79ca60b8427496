import { type Duplex, PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { FailedExchange } from './failure.ts';
import type { ResponseHeaders } from './transport.ts';

/** Encodings that a body may come in. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

export interface BodyLimits {
  /** The whole body must be here this long after its headers: also one that comes in drops ends. */
  readonly bodyMs: number;
  /** After decompression, so that a small answer cannot unfold to fill the memory. */
  readonly maxBytes: number;
}

/** Reads and unpacks a body within its limits. The meter counts what came over the wire. */
export async function readBody(
  body: Readable,
  headers: ResponseHeaders,
  limits: BodyLimits,
  signal: AbortSignal,
  meter: { bytes: number },
): Promise<Buffer> {
  const deadline = AbortSignal.timeout(limits.bodyMs);
  const chunks: Buffer[] = [];

  async function* counted(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      meter.bytes += chunk.length;
      yield chunk;
    }
  }
  async function collect(source: AsyncIterable<Buffer>): Promise<void> {
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size > limits.maxBytes) throw tooLarge(limits.maxBytes);
      chunks.push(chunk);
    }
  }

  try {
    await pipeline(body, counted, decoder(headers), collect, { signal: AbortSignal.any([signal, deadline]) });
  } catch (error) {
    body.on('error', () => undefined).destroy();
    throw deadline.aborted && !signal.aborted ? tooSlow(limits.bodyMs, error) : error;
  }
  return Buffer.concat(chunks);
}

/** The JSON value of a body, if it says that it is JSON and is. */
export function parseJson(bytes: Buffer, headers: ResponseHeaders): unknown {
  const type = headers.get('content-type') ?? 'no content type';
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type))
    throw notJson(`with ${type} instead of JSON`);
  if (bytes.length === 0) throw notJson('with an empty body');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    // The parser's own message quotes a piece of the text, which may be a piece of a secret: it is not passed on.
    throw notJson(`with JSON that is broken or cut short (${bytes.length} bytes)`);
  }
}

function decoder(headers: ResponseHeaders): Duplex {
  const encoding = (headers.get('content-encoding') ?? 'identity').trim().toLowerCase();
  switch (encoding) {
    case 'identity':
      return new PassThrough();
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw notJson(`in an encoding nobody asked for (${encoding})`);
  }
}

function notJson(how: string): FailedExchange {
  const remedy =
    'Check that the url of the source is its API, and that no proxy or login page answers in its place.';
  return new FailedExchange({ kind: 'unexpected_response', retry: true, what: `answered ${how}`, remedy });
}

function tooLarge(maxBytes: number): FailedExchange {
  return new FailedExchange({
    kind: 'unexpected_response',
    retry: false,
    what: `answered with more than ${maxBytes} bytes once unpacked`,
    remedy: 'Ask for fewer items at once; if the url is right, this answer is not what was asked for.',
  });
}

function tooSlow(bodyMs: number, cause: unknown): FailedExchange {
  return new FailedExchange(
    {
      kind: 'unavailable',
      retry: true,
      what: `did not deliver the body of its answer within ${bodyMs / 1000} s`,
      remedy:
        'The next sync goes on from here; if it lasts, look at the network between here and the tracker.',
    },
    cause,
  );
}
