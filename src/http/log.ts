import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';

/** A logger for requests: no headers, no credentials, and no more of a hostile text than a line holds. */
export function requestLog(log: FastifyBaseLogger): FastifyBaseLogger {
  return log.child(
    {},
    {
      redact: ['authorization', '*.authorization', '*.headers.authorization', '*.headers.cookie'],
      serializers: {
        req: ({ method, url, host, ip }: FastifyRequest) => ({
          method,
          url: cut(url),
          host: cut(host),
          remoteAddress: ip,
        }),
        res: ({ statusCode }: FastifyReply) => ({ statusCode }),
        err: (error: unknown) => (error instanceof Error ? described(error) : cut(String(error))),
      },
    },
  );
}

const LONGEST = 500;

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
}

function described(error: Error): object {
  return {
    type: error.name,
    ...('code' in error ? { code: error.code } : {}),
    message: cut(error.message),
    stack: error.stack?.slice(0, 4000),
    ...(error.cause instanceof Error ? { cause: described(error.cause) } : {}),
  };
}
