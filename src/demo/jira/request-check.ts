import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import addFormats from 'ajv-formats';
import { type Document, OpenAPIBackend, type Request } from 'openapi-backend';

/** Says what a request violates; nothing when it is as documented, or when no document knows its path. */
export type RequestCheck = (request: Request) => readonly string[];

/**
 * A check of requests against OpenAPI documents (`.json` or `.json.gz`). Answers are not checked: the tracker's own
 * contradict its documents.
 */
export async function createRequestCheck(paths: readonly string[]): Promise<RequestCheck> {
  const backends = await Promise.all(paths.map(loadBackend));
  return (request) =>
    backends.flatMap((backend) => {
      const operation = backend.matchOperation(request);
      if (operation === undefined) return [];
      const { errors } = backend.validateRequest(request, operation);
      return (errors ?? []).map((error) =>
        `${error.instancePath || 'request'} ${error.message ?? ''}`.trim(),
      );
    });
}

async function loadBackend(path: string): Promise<OpenAPIBackend> {
  const file = readFileSync(path);
  const definition: Document = JSON.parse((path.endsWith('.gz') ? gunzipSync(file) : file).toString());
  const backend = new OpenAPIBackend({
    definition,
    quick: true,
    coerceTypes: true,
    // The vendor's documents use formats and keywords of their own.
    ajvOpts: { strict: false },
    customizeAjv: (ajv) => {
      addFormats.default(ajv);
      return ajv;
    },
  });
  await backend.init();
  return backend;
}
