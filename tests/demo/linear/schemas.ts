import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { sharedPath } from '#tests/support/shared.ts';

/** Linear's own schemas, by version: the official one, and the newest, which was put together from its SDK. */
export const LINEAR_SCHEMAS = [
  ['88.3.0', sharedPath('data/schemas/linear-88.3.0.official.graphql.gz')],
  ['98.0.0', sharedPath('data/schemas/linear-98.0.0.reconstructed.graphql.gz')],
] as const;

/** The newest of Linear's schemas. */
export const NEWEST_SCHEMA = LINEAR_SCHEMAS[1][1];

/** Builds one of them. */
export function schemaAt(path: string): GraphQLSchema {
  const sdl = gunzipSync(readFileSync(path)).toString();
  return buildSchema(sdl, { assumeValidSDL: true, assumeValid: true });
}
