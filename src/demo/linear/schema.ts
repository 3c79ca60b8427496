import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { buildSchema, type GraphQLSchema, isScalarType } from 'graphql';

const OWN_SCHEMA = new URL('./schema.graphql', import.meta.url);
const built = new Map<string, Promise<GraphQLSchema>>();

/**
 * The schema to answer by: an SDL file (`.graphql` or `.graphql.gz`), or without one our own selection of Linear's.
 * Building Linear's whole schema takes a fifth of a second, so each file is built once.
 */
export function loadSchema(path: string | undefined): Promise<GraphQLSchema> {
  const key = path ?? '';
  const schema = built.get(key) ?? build(path ?? OWN_SCHEMA);
  built.set(key, schema);
  return schema;
}

async function build(path: string | URL): Promise<GraphQLSchema> {
  const bytes = await readFile(path);
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const sdl = (zipped ? gunzipSync(bytes) : bytes).toString('utf8');
  const schema = buildSchema(sdl, { assumeValidSDL: true, assumeValid: true });
  const instant = schema.getType('DateTime');
  if (isScalarType(instant)) {
    instant.coerceOutputValue = (value) =>
      typeof value === 'number' ? new Date(value).toISOString() : value;
  }
  return schema;
}
