import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import type { ServerConfig } from '#config/config.ts';
import { styleHash } from '#views/html/style.ts';
import { isLoopback } from '../loopback.ts';
import type { Server } from './dependencies.ts';
import { isOurHost, isSameOrigin } from './hosts.ts';
import { HttpProblem } from './problem.ts';
import { basicPassword, bearerToken, tokenCheck } from './tokens.ts';

/** Closed by default: every request passes here first, whether or not there is anything at its address. */
export async function secure(server: Server, config: ServerConfig): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: PAGE_POLICY },
    xFrameOptions: { action: 'deny' },
    // Whoever ends TLS in front of us decides for how long browsers must insist on it.
    strictTransportSecurity: false,
  });
  await server.register(rateLimit, {
    global: false,
    max: REQUESTS_PER_MINUTE,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, { after }) =>
      new HttpProblem(
        429,
        'TOO_MANY_REQUESTS',
        `More than ${REQUESTS_PER_MINUTE} a minute. Ask again in ${after}.`,
      ),
  });

  const isToken = tokenCheck(config.tokens);
  // As a hook of the whole server, the limit also holds for addresses that do not exist and for refused tokens.
  const limit = server.rateLimit();
  server.addHook('onRequest', async function (request, reply) {
    if (!PROBES.has(request.url) && !isWebhook(request)) await limit.call(this, request, reply);
  });
  server.addHook('onRequest', async (request) => {
    if (isWebhook(request)) return;
    checkHost(request, config);
    if (SAFE_METHODS.has(request.method)) checkReader(request, config, isToken);
    else checkWriter(request, config, isToken);
  });
  server.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
}

/** Pages are one document with one style sheet inside; nothing else is loaded, run or framed. */
const PAGE_POLICY = {
  'default-src': ["'none'"],
  'style-src': [`'${styleHash}'`],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
};

/** For answers to addresses that cannot be read at all: those are given before any hook has run. */
export const BARE_HEADERS = {
  'content-security-policy': Object.entries(PAGE_POLICY)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join(';'),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Plenty for a person who clicks and a script that polls; little for one who guesses tokens. */
const REQUESTS_PER_MINUTE = 300;

/** Whoever supervises the process asks often, asks from one address, and has no token. */
const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/**
 * A tracker knows no token, asks under whatever name a proxy gave us, and tells a lot at once: its deliveries have a
 * limit of their own, and each is let in by its signature alone. A page of another site cannot sign.
 */
function isWebhook({ method, routeOptions }: FastifyRequest): boolean {
  return method === 'POST' && routeOptions.url === '/webhooks/:source';
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

function checkHost({ headers }: FastifyRequest, { host, allowedHosts }: ServerConfig): void {
  if (!isOurHost(headers.host, [host, ...allowedHosts])) {
    throw new HttpProblem(
      403,
      'FOREIGN_HOST',
      'The name this was asked for under is not one of this server’s. Use its own address, or add the name to server.allowedHosts in the configuration.',
    );
  }
  const { origin } = headers;
  if (origin !== undefined && !isSameOrigin(origin, headers.host)) {
    throw new HttpProblem(
      403,
      'FOREIGN_ORIGIN',
      'A page of another site may neither read nor change anything here. Send the request from this server’s own pages, or from a program.',
    );
  }
}

type TokenCheck = ReturnType<typeof tokenCheck>;

function checkReader({ url, headers }: FastifyRequest, { host }: ServerConfig, isToken: TokenCheck): void {
  if (isLoopback(host) || PROBES.has(url)) return;
  const { authorization } = headers;
  if (isToken(bearerToken(authorization)) || isToken(basicPassword(authorization))) return;
  throw new HttpProblem(
    401,
    'TOKEN_NEEDED',
    'This server can be reached from other machines, so reading needs a token: send `Authorization: Bearer TOKEN`, or in a browser give the token as the password, with any user name.',
    { headers: { 'www-authenticate': 'Basic realm="evenkeel", charset="UTF-8"' } },
  );
}

/** A browser sends a Basic password along by itself, whoever asks it to; a write takes a token sent on purpose. */
function checkWriter({ headers }: FastifyRequest, { tokens }: ServerConfig, isToken: TokenCheck): void {
  if (tokens.length === 0) {
    throw new HttpProblem(
      403,
      'NO_TOKENS_CONFIGURED',
      'Changing anything needs a token, and none is configured. Put one into an environment variable and write `server: { tokens: ["${EVENKEEL_TOKEN}"] }` into the configuration.',
    );
  }
  if (isToken(bearerToken(headers.authorization))) return;
  throw new HttpProblem(
    401,
    'TOKEN_NEEDED',
    'Changing anything needs a token that is configured under server.tokens: send `Authorization: Bearer TOKEN`.',
    { headers: { 'www-authenticate': 'Bearer realm="evenkeel"' } },
  );
}
