import { expect, test } from 'vitest';
import { configJsonSchema } from '#config/json-schema.ts';

test('the JSON Schema that editors read is the one the program checks by', async () => {
  // After a change of the schema: `npm run test:unit -- -u tests/config` writes the file anew.
  const text = `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../config/evenkeel.schema.json');
});
