import type { JiraSprintValue } from './model.ts';

/** Whether a value is a sprint as a Jira server writes one into an issue: the text of a Java object. */
export function isServerSprint(value: unknown): value is string {
  return typeof value === 'string' && /^com\.atlassian\.greenhopper\.[\w.]+@\w+\[.*\]$/s.test(value);
}

/**
 * Reads `com.atlassian.greenhopper.service.sprint.Sprint@41b0[rapidViewId=12,state=CLOSED,name=…,id=3]` into the
 * object Jira Cloud gives. Undefined when it has no id. A name may itself hold commas.
 */
export function parseServerSprint(text: string): JiraSprintValue | undefined {
  const properties = new Map<string, string>();
  const body = text.slice(text.indexOf('[') + 1, -1);
  for (const part of body.split(PROPERTY_START)) {
    const [name = '', ...rest] = part.split('=');
    const value = rest.join('=');
    if (value !== '' && value !== '<null>') properties.set(name, value);
  }
  const id = Number(properties.get('id'));
  if (!Number.isInteger(id)) return undefined;
  const instant = (name: string): string | undefined => {
    const milliseconds = Date.parse(properties.get(name) ?? '');
    return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
  };
  const boardId = Number(properties.get('rapidViewId'));
  const startDate = instant('startDate');
  const endDate = instant('endDate');
  const completeDate = instant('completeDate');
  return {
    id,
    name: properties.get('name') ?? `Sprint ${id}`,
    state: stateOf(properties.get('state')),
    ...(Number.isInteger(boardId) ? { boardId } : {}),
    ...(startDate === undefined ? {} : { startDate }),
    ...(endDate === undefined ? {} : { endDate }),
    ...(completeDate === undefined ? {} : { completeDate }),
  };
}

const PROPERTY_START =
  /(?:^|,)(?=(?:id|rapidViewId|state|name|goal|startDate|endDate|completeDate|activatedDate|sequence|synced|autoStartStop|incompleteIssuesDestinationId)=)/;

function stateOf(text: string | undefined): JiraSprintValue['state'] {
  const state = text?.toLowerCase();
  return state === 'active' || state === 'closed' ? state : 'future';
}
