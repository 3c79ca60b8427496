/** A census missed so much at once that it looks like an outage: nothing was recorded as gone. */
export class CensusRefusedError extends Error {
  override readonly name = 'CensusRefusedError';
  readonly code = 'CENSUS_REFUSED';
  constructor(source: string, where: string, missing: number, of: number) {
    super(
      `The census of source "${source}" missed ${missing} of ${of} issues${where}. So many at once look like an outage or a lost right, so nothing was recorded as gone. Check what the account may see; if they really are gone, run \`evenkeel sync ${source} --accept-missing\`.`,
    );
  }
}
