/** What stands against escalating a risk or deciding about it. */
export type DecisionErrorCode =
  | 'UNKNOWN_RISK'
  | 'UNKNOWN_ESCALATION'
  | 'RECORD_ID_TAKEN'
  | 'UNTIL_PASSED'
  | 'RISK_NOT_RAISED'
  | 'ALREADY_DECIDED';

/** An escalation or a decision that cannot be kept; the message says why and what to do. */
export class DecisionError extends Error {
  override readonly name = 'DecisionError';
  readonly code: DecisionErrorCode;
  constructor(code: DecisionErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
