export const storeErrorCodes = [
  'STORE_ACCESS_DENIED',
  'STORE_BAD_ADDRESS',
  'STORE_BINARIES_INCOMPLETE',
  'STORE_DATA_FOLDER_DAMAGED',
  'STORE_DATA_FOLDER_NOT_WRITABLE',
  'STORE_FAILED',
  'STORE_HISTORY_TOO_LONG',
  'STORE_INIT_FAILED',
  'STORE_NEWER_SCHEMA',
  'STORE_NOT_MIGRATED',
  'STORE_NO_DATABASE',
  'STORE_NO_SERVER_USER',
  'STORE_OTHER_MAJOR_VERSION',
  'STORE_PLATFORM_UNSUPPORTED',
  'STORE_SOCKET_FOLDER_UNUSABLE',
  'STORE_START_FAILED',
  'STORE_STOP_FAILED',
  'STORE_UNREACHABLE',
] as const;

export type StoreErrorCode = (typeof storeErrorCodes)[number];

/** What can go wrong between us and the database. The message says what failed, on what, and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
