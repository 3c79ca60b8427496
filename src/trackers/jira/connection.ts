import type { Spend } from '../tracker.ts';
import { createTransport, type Transport } from '../transport.ts';
import type { TransportOptions } from '../transport-options.ts';
import { type Allowance, readAllowances, readJiraLimits } from './allowances.ts';
import { classifyJira, createJiraClient } from './client.ts';
import { GATEWAY, readCloudId, throughGateway } from './gateway.ts';
import type { JiraMemory } from './memory.ts';

/** A user's API token. One that was given scopes is taken by Atlassian's gateway only. */
export interface JiraLogin {
  readonly email: string;
  readonly apiToken: string;
  readonly scoped?: boolean;
}

export interface JiraConnection {
  readonly transport: Transport;
  readonly spend: Spend;
  readonly allowances: readonly Allowance[];
  readonly close: () => Promise<void>;
}

/** The way to a site: to its own address, or through the gateway, for which its id there is found out once. */
export function connectJira(
  options: {
    readonly source: string;
    readonly url: string;
    readonly auth: JiraLogin;
    readonly gateway?: string;
    readonly transport?: Pick<
      TransportOptions,
      'timeouts' | 'tries' | 'sleep' | 'random' | 'onAttempt' | 'budget' | 'slots' | 'patience'
    >;
  },
  memory: Pick<JiraMemory, 'cloudId'>,
): JiraConnection {
  const { source, url, auth } = options;
  const login = Buffer.from(`${auth.email}:${auth.apiToken}`).toString('base64');
  let allowances: readonly Allowance[] = [];
  const open = (baseUrl: string): Transport =>
    createTransport({
      ...options.transport,
      name: source,
      baseUrl,
      readLimits: readJiraLimits,
      headers: { authorization: `Basic ${login}` },
      classify: (response, now) => {
        const told = readAllowances(response.headers);
        if (told.length > 0) allowances = told;
        return classifyJira(response, now);
      },
    });
  if (auth.scoped !== true) {
    const transport = open(url);
    return {
      transport,
      close: () => transport.close(),
      get spend() {
        return transport.spend;
      },
      get allowances() {
        return allowances;
      },
    };
  }

  // What the site tells anyone is asked without the token, which it would count as a wrong one.
  const site = createTransport({ ...options.transport, name: source, baseUrl: url });
  const gateway = open(options.gateway ?? GATEWAY);
  const cloudId = () => memory.cloudId(() => readCloudId(createJiraClient(source, site)));
  return {
    transport: throughGateway(gateway, cloudId),
    close: async () => {
      await Promise.all([site.close(), gateway.close()]);
    },
    get spend() {
      return sum(site.spend, gateway.spend);
    },
    get allowances() {
      return allowances;
    },
  };
}

function sum(a: Spend, b: Spend): Spend {
  return {
    requests: a.requests + b.requests,
    retries: a.retries + b.retries,
    waitedMs: a.waitedMs + b.waitedMs,
    bytes: a.bytes + b.bytes,
  };
}
