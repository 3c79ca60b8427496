import type { Failure } from './failure.ts';

const GO_ON =
  'The next sync goes on from here; if it lasts, look at the network between here and the tracker.';

/**
 * What an error of the network, of the HTTP client or of the unpacking says about the exchange it ended. These all
 * carry a code; an error without one is a mistake in a program, and undefined is returned for it.
 */
export function networkFailure(error: unknown, host: string, headersMs: number): Failure | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  const unavailable = { kind: 'unavailable', retry: true } as const;
  const checkUrl = `Check the url of the source (is ${host} right?) and the network.`;
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        ...unavailable,
        what: `could not be found: no address is known for ${host}`,
        remedy: checkUrl,
      };
    case 'ECONNREFUSED':
      return {
        ...unavailable,
        what: `could not be reached: ${host} refused the connection`,
        remedy: checkUrl,
      };
    case 'UND_ERR_CONNECT_TIMEOUT':
      return {
        ...unavailable,
        what: `could not be reached: no connection to ${host} came about`,
        remedy: checkUrl,
      };
    case 'UND_ERR_HEADERS_TIMEOUT':
      return { ...unavailable, what: `did not begin to answer within ${headersMs / 1000} s`, remedy: GO_ON };
    case 'UND_ERR_INVALID_ARG':
      return {
        kind: 'rejected',
        retry: false,
        what: 'could not be asked: a header of the request is malformed',
        remedy: 'Check the credentials of this source for line breaks and stray characters.',
      };
    default:
      // The unpackers of Node name their errors so.
      if (/^(Z_|ERR__|ERR_BROTLI)/.test(code)) {
        return {
          kind: 'unexpected_response',
          retry: true,
          what: `sent a body that cannot be unpacked (${code})`,
          remedy: GO_ON,
        };
      }
      return { ...unavailable, what: `broke the connection to ${host} off (${code})`, remedy: GO_ON };
  }
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code;
}
