export type QueueErrorCode = 'QUEUE_UNREACHABLE' | 'QUEUE_BAD_PAYLOAD';

/** What can go wrong between us and the job queue. The message says what failed, on what, and what to do. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
  readonly code: QueueErrorCode;

  constructor(code: QueueErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
