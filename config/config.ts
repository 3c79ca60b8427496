import type { Team } from '#domain/team.ts';

/** How to reach one tracker. */
export interface SourceConfig {
  readonly id: string;
  readonly kind: 'jira';
  readonly url: string;
  readonly auth: { readonly email: string; readonly apiToken: string };
  /** Project keys to read; absent: all that the account can see. */
  readonly projects?: readonly string[];
}

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  readonly allowedHosts: readonly string[];
  readonly tokens: readonly string[];
}

/** A checked configuration with every default filled in and every reference resolved. */
export interface Config {
  readonly organisation: { readonly name: string; readonly timezone: string };
  readonly sources: readonly SourceConfig[];
  readonly teams: readonly Team[];
  readonly server: ServerConfig;
  readonly syncEveryMinutes: number;
}
