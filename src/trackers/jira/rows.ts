import type { z } from 'zod';
import type { JiraClient } from './client.ts';
import { pageAt } from './schemas.ts';

/** As many as Jira gives of most lists, whatever is asked. */
export const ROWS_A_PAGE = 50;

type Call = Parameters<JiraClient['ask']>[1];

/** Every row of a list that Jira walks by position. It caps pages as it likes, so we go on by what came. */
export async function allRows<Row extends z.ZodType<{ readonly id: string }>>(
  client: JiraClient,
  row: Row,
  callAt: (startAt: number) => Call,
): Promise<readonly z.infer<Row>[]> {
  const rows = new Map<string, z.infer<Row>>();
  for (let startAt = 0; ; ) {
    const { data: page } = await client.ask(pageAt(row, startAt), callAt(startAt));
    for (const value of page.values) rows.set(value.id, value);
    startAt += page.values.length;
    const isLast = page.isLast ?? startAt >= (page.total ?? Number.POSITIVE_INFINITY);
    if (isLast || page.values.length === 0) return [...rows.values()];
  }
}
