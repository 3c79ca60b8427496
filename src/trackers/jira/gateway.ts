import type { Transport } from '../transport.ts';
import type { JiraClient } from './client.ts';
import { tenantInfo } from './schemas.ts';

/** Where tokens with scopes are taken: at the site itself they count as wrong. */
export const GATEWAY = 'https://api.atlassian.com';

/** The transport to the gateway, with every question led to one site behind it. */
export function throughGateway(gateway: Transport, cloudId: () => Promise<string>): Transport {
  return {
    send: async (request) =>
      gateway.send({ ...request, path: `/ex/jira/${encodeURIComponent(await cloudId())}${request.path}` }),
    get spend() {
      return gateway.spend;
    },
    close: () => gateway.close(),
  };
}

/** The id the gateway knows a site by, which the site tells anyone. */
export async function readCloudId(site: JiraClient): Promise<string> {
  const { data } = await site.ask(tenantInfo, async (_, client) =>
    client.sendRequest({ method: 'GET', url: '/_edge/tenant_info' }),
  );
  return data.cloudId;
}
