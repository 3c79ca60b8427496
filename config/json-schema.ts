import { z } from 'zod';
import { configSchema } from './schema.ts';

/**
 * The configuration file as a JSON Schema, for editors that complete and check while one types. It knows every key
 * and type; what one value says about another, such as an id given twice, only loading the file finds.
 */
export function configJsonSchema(): object {
  return {
    title: 'Configuration of evenkeel',
    // The version that editors' YAML support understands best.
    ...z.toJSONSchema(configSchema, { io: 'input', target: 'draft-7' }),
  };
}
