/** What stands in the identity fields of a tracker about one person. */
export interface Identity {
  readonly accountIds: readonly string[];
  readonly names: readonly string[];
  readonly emails: readonly string[];
}

/** A person found where none may be. */
export interface Leak {
  readonly where: string;
  readonly what: string;
  /** The text around it. */
  readonly context: string;
}

/**
 * Finds persons in outputs: account ids and e-mails anywhere, names as whole words, in any case and however a format writes
 * them (escaped in HTML, Markdown, JSON, an address, or as bytes in base 64 or hex).
 */
export function leakFinder(people: readonly Identity[]): (where: string, text: string) => readonly Leak[] {
  const ids = people.flatMap(({ accountIds, emails }) => [...accountIds, ...emails]);
  const names = people.flatMap((one) => one.names);
  const [anywhere, words] = [ids, names].map((some) => unique(some.map(folded)));
  const all = unique([...(anywhere ?? []), ...(words ?? [])]);
  const isWord = new Set((words ?? []).filter((word) => !anywhere?.includes(word)));
  const plain = searcher(all);
  const encodings = new Map(all.flatMap((what) => [...inBytes(what)].map((form) => [form, what] as const)));
  const encoded = searcher([...encodings.keys()]);
  return (where, text) => {
    const found = new Map<string, Leak>();
    const note = (what: string, at: number, within: string) => {
      if (found.has(what)) return;
      found.set(what, { where, what, context: within.slice(Math.max(0, at - 80), at + what.length + 80) });
    };
    for (const form of forms(text)) {
      plain(form, (what, at) => {
        if (!isWord.has(what) || standsAlone(form, at, what.length)) note(what, at, form);
      });
    }
    encoded(text, (form, at) => note(encodings.get(form) ?? form, at, text));
    return [...found.values()];
  };
}

/** Not within a longer word. */
function standsAlone(text: string, at: number, length: number): boolean {
  const isPart = (character: string) => /[\p{L}\p{N}]/u.test(character);
  return !isPart(text.charAt(at - 1)) && !isPart(text.charAt(at + length));
}

const SLOTS = 1 << 20;

/**
 * Tells of each place where one of many texts stands, in one pass: a report, a page and a database are much to search for
 * each of a thousand by itself. Rabin and Karp's method over the first characters of each.
 */
function searcher(
  wanted: readonly string[],
): (text: string, tell: (what: string, at: number) => void) => void {
  const length = Math.min(...wanted.map((what) => what.length), 8);
  const begins = Map.groupBy(wanted, (what) => what.slice(0, length));
  const highest = 31 ** (length - 1) % SLOTS;
  const roll = (hash: number, out: number, into: number) =>
    (((hash - ((out * highest) % SLOTS) + SLOTS) * 31 + into) % SLOTS) & (SLOTS - 1);
  const hashOf = (text: string) =>
    [...Array(length).keys()].reduce((hash, i) => (hash * 31 + text.charCodeAt(i)) % SLOTS, 0);
  const isBegin = new Uint8Array(SLOTS);
  for (const begin of begins.keys()) isBegin[hashOf(begin)] = 1;
  return (text, tell) => {
    if (text.length < length) return;
    let hash = hashOf(text);
    for (let at = 0; at + length <= text.length; at += 1) {
      if (at > 0) hash = roll(hash, text.charCodeAt(at - 1), text.charCodeAt(at + length - 1));
      if (isBegin[hash] === 0) continue;
      for (const what of begins.get(text.slice(at, at + length)) ?? []) {
        if (text.startsWith(what, at)) tell(what, at);
      }
    }
  };
}

/** What a text says to whoever undoes one way of writing it. */
function forms(text: string): ReadonlySet<string> {
  const plain = text.normalize('NFC');
  return new Set(
    [
      plain,
      plain
        .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
        .replaceAll(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
        .replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? ''),
      plain
        .replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
        .replaceAll(/\\+(?=[^\p{L}\p{N}\s])/gu, ''),
      plain.replaceAll(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
        Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'),
      ),
      // As PostgreSQL writes a quote within a text within a row.
      plain.replaceAll(/["']{2,}/g, (quotes) => quotes.slice(0, 1)),
    ].map(folded),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** In bytes a text begins at any of three places of a group, so only what lies in whole groups is looked for. */
function inBytes(text: string): ReadonlySet<string> {
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(text)
      .subarray(shift)
      .toString('base64')
      .replace(/.{0,4}$/, ''),
  );
  return new Set([...base64, Buffer.from(text).toString('hex')].filter((form) => form.length >= 12));
}

/** As one writes it without looking: capitals do not matter. */
function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function unique(some: readonly string[]): readonly string[] {
  return [...new Set(some)].filter((one) => one.trim() !== '');
}

/**
 * Every person in the identity fields of what a tracker serves: whatever has an account id, or is a user with an e-mail;
 * for a change of assignee also the ids and names it went from and to.
 */
export function identitiesIn(served: unknown): readonly Identity[] {
  const found: Identity[] = [];
  const text = (value: unknown): readonly string[] =>
    typeof value === 'string' && value !== '' ? [value] : [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { accountId, displayName, emailAddress, id, name, email, field, from, fromString, to } =
      value as Readonly<Record<string, unknown>>;
    if (typeof accountId === 'string') {
      found.push({ accountIds: [accountId], names: text(displayName), emails: text(emailAddress) });
    } else if (typeof email === 'string') {
      found.push({
        accountIds: text(id),
        names: [...text(name), ...text(displayName)],
        emails: [email],
      });
    } else if (field === 'assignee' || field === 'reporter') {
      const toText = Object.hasOwn(value, 'toString') ? Reflect.get(value, 'toString') : undefined;
      found.push({
        accountIds: [...text(from), ...text(to)],
        names: [...text(fromString), ...text(toText)],
        emails: [],
      });
    }
    for (const inner of Object.values(value)) look(inner);
  };
  look(served);
  return found;
}
