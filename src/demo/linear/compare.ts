/** Whether a value satisfies a comparator such as `{ gte: …, lt: … }`; all of its conditions must hold. */
export function satisfies(
  value: unknown,
  comparator: Readonly<Record<string, unknown>>,
  comparatorType: string,
  now: number,
): boolean {
  const read = operandReader(comparatorType, now);
  // Linear compares some calendar days, a project's target among them, as instants.
  const known =
    isInstantComparator(comparatorType) && typeof value === 'string'
      ? Date.parse(value)
      : (value ?? undefined);
  return Object.entries(comparator).every(([operator, operand]) => {
    if (operand === undefined) return true;
    if (operator === 'and' || operator === 'or') {
      const parts = [operand].flat().map((part) => satisfies(value, Object(part), comparatorType, now));
      return operator === 'and' ? parts.every(Boolean) : parts.some(Boolean);
    }
    const expected = Array.isArray(operand) ? operand.map(read) : read(operand);
    return OPERATORS.get(operator)?.(known, expected) ?? true;
  });
}

function isInstantComparator(comparatorType: string): boolean {
  return comparatorType.includes('DateComparator') && !comparatorType.includes('Timeless');
}

/** Dates may be written as a duration from now (`-P1D`), as a day, or as a mere year. */
function operandReader(comparatorType: string, now: number): (operand: unknown) => unknown {
  if (comparatorType.includes('DurationComparator')) {
    return (operand) =>
      typeof operand === 'string' ? (shifted(now, operand) ?? now) - now : (operand ?? undefined);
  }
  if (!comparatorType.includes('DateComparator')) return (operand) => operand ?? undefined;
  return (operand) => {
    if (typeof operand !== 'string') return operand ?? undefined;
    const instant = shifted(now, operand) ?? Date.parse(operand);
    return isInstantComparator(comparatorType) ? instant : new Date(instant).toISOString().slice(0, 10);
  };
}

/** The instant an ISO 8601 duration away from now; undefined when the text is not one. */
function shifted(now: number, text: string): number | undefined {
  const parts =
    /^(-?)P(?:(-?\d+)Y)?(?:(-?\d+)M)?(?:(-?\d+)W)?(?:(-?\d+)D)?(?:T(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?\d+)S)?)?$/.exec(
      text,
    );
  if (parts === null) return undefined;
  const sign = parts[1] === '-' ? -1 : 1;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(2)
    .map((part) => sign * Number(part ?? 0));
  const date = new Date(now);
  date.setUTCMonth(date.getUTCMonth() + 12 * years + months);
  return date.getTime() + (weeks * 7 + days) * 86_400_000 + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

type Operator = (value: unknown, operand: unknown) => boolean;

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['eq', (value, operand) => value === operand],
  ['neq', (value, operand) => value !== operand],
  ['in', (value, operand) => Array.isArray(operand) && operand.includes(value)],
  ['nin', (value, operand) => Array.isArray(operand) && !operand.includes(value)],
  ['gt', (value, operand) => order(value, operand) > 0],
  ['gte', (value, operand) => order(value, operand) >= 0],
  ['lt', (value, operand) => order(value, operand) < 0],
  ['lte', (value, operand) => order(value, operand) <= 0],
  ['null', (value, operand) => (value === undefined) === operand],
  ['eqIgnoreCase', (value, operand) => lower(value) === lower(operand)],
  ['neqIgnoreCase', (value, operand) => lower(value) !== lower(operand)],
  ['startsWith', (value, operand) => text(value).startsWith(text(operand))],
  ['startsWithIgnoreCase', (value, operand) => lower(value).startsWith(lower(operand))],
  ['notStartsWith', (value, operand) => !text(value).startsWith(text(operand))],
  ['endsWith', (value, operand) => text(value).endsWith(text(operand))],
  ['notEndsWith', (value, operand) => !text(value).endsWith(text(operand))],
  ['contains', (value, operand) => text(value).includes(text(operand))],
  ['containsIgnoreCase', (value, operand) => lower(value).includes(lower(operand))],
  ['notContains', (value, operand) => !text(value).includes(text(operand))],
  ['notContainsIgnoreCase', (value, operand) => !lower(value).includes(lower(operand))],
  ['containsIgnoreCaseAndAccent', (value, operand) => plain(value).includes(plain(operand))],
]);

/** Negative, zero or positive; NaN, which satisfies no order, when either is absent or they are of two kinds. */
export function order(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== 'string' || typeof b !== 'string') return Number.NaN;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function lower(value: unknown): string {
  return text(value).toLowerCase();
}

function plain(value: unknown): string {
  return lower(value).normalize('NFD').replace(/\p{M}/gu, '');
}
