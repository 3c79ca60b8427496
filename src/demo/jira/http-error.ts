/** An answer of the simulated tracker that is not 200: its status and Jira's own error body. */
export class JiraHttpError extends Error {
  override readonly name = 'JiraHttpError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The body Jira writes around its messages. */
export function errorBody(message: string): {
  readonly errorMessages: readonly string[];
  readonly errors: object;
} {
  return { errorMessages: [message], errors: {} };
}
