import type { JiraIssue, JiraSite, JiraUser } from '#demo/jira/model.ts';
import type { LinearComment, LinearWorkspace } from '#demo/linear/model.ts';
import { linearId } from '#demo/linear/recorded-words.ts';
import type { SimulatedOrganisation } from '#demo/organisation/organisation.ts';

/** A person as a tracker knows one. */
export interface KnownPerson {
  readonly accountId: string;
  readonly displayName: string;
  readonly emailAddress: string;
}

/** The simulated organisation with people that have names and e-mails, who are talked of where texts are read. */
export type KnownOrganisation = Pick<SimulatedOrganisation, 'site' | 'workspace' | 'teams'>;

/**
 * The simulated organisation, whose people are nobody, with people whom one would recognise: coined names that stand in no
 * text, some of them with what formats have to escape. Besides, comments that claim work done and descriptions of goals
 * name them, mention them and give their addresses, since those are read and must not let them through.
 */
export function withKnownPeople({ site, workspace, teams }: SimulatedOrganisation): KnownOrganisation {
  const people = new Map<string, KnownPerson>();
  const inJira = (accountId: string): KnownPerson => known(people, `jira ${accountId}`);
  const inLinear = (id: string): KnownPerson => known(people, `linear ${id}`);
  return {
    site: withTalk(renamed(site, inJira)),
    workspace: linearWithTalk({
      ...workspace,
      users: workspace.users.map((user) => {
        const { displayName, emailAddress: email } = inLinear(user.id);
        return { ...user, name: displayName, displayName: email.split('@')[0] ?? '', email };
      }),
    }),
    teams: teams.map((team) => ({
      ...team,
      ...(team.members === undefined
        ? {}
        : {
            members: team.members.map(({ jira, linear }) => ({
              ...(jira === undefined ? {} : { jira: inJira(jira).accountId }),
              ...(linear === undefined ? {} : { linear }),
            })),
          }),
    })),
  };
}

const SYLLABLES = [
  'vel',
  'quan',
  'dro',
  'mira',
  'zeth',
  'ulva',
  'brix',
  'ondu',
  'kasp',
  'yrra',
  'feno',
  'thol',
];
/** What formats escape, and what a careless one would drop or break. */
const ENDINGS = ['', "'s Son", ' "Bix" Og', ' & Co', ' <Øst>', '_de_Ghûl', ' Ñandu'];

function known(people: Map<string, KnownPerson>, key: string): KnownPerson {
  const found = people.get(key);
  if (found !== undefined) return found;
  const n = people.size;
  const at = (step: number) => SYLLABLES[(n * step + Math.floor(n / 3)) % SYLLABLES.length] ?? '';
  const first = capital(`${at(1)}${at(5)}`);
  const last = capital(`${at(7)}${at(11)}${n.toString(36)}x`);
  const person = {
    accountId: `712020:${n.toString(16).padStart(4, '0')}c0de-5eed-4bad-9ace-${(n * 7919).toString(16).padStart(12, '0')}`,
    displayName: `${first} ${last}${ENDINGS[n % ENDINGS.length] ?? ''}`,
    emailAddress: `${first}.${last}@people.example`.toLowerCase(),
  };
  people.set(key, person);
  return person;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** With other people wherever there is one: in fields, as authors of changes, and as what an assignee changed from and to. */
function renamed<Data>(data: Data, of: (accountId: string) => KnownPerson): Data {
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value !== 'object' || value === null) return value;
    if ('accountId' in value && typeof value.accountId === 'string')
      return { ...value, ...of(value.accountId) };
    if ('field' in value && value.field === 'assignee') {
      const { from, to } = value as { readonly from?: string | null; readonly to?: string | null };
      return {
        ...value,
        ...(from ? { from: of(from).accountId, fromString: of(from).displayName } : {}),
        ...(to ? { to: of(to).accountId, toString: of(to).displayName } : {}),
      };
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rename(inner)]));
  };
  return rename(data) as Data;
}

const EVERY = 9;

function withTalk(site: JiraSite): JiraSite {
  return {
    ...site,
    issues: site.issues.map((issue, n) => {
      const person = issue.fields.assignee ?? issue.fields.creator;
      if (person === undefined) return issue;
      if (issue.fields.issuetype.hierarchyLevel > 0) return described(issue, person);
      return n % EVERY === 0 ? commented(issue, person) : issue;
    }),
  };
}

/** A claim, with the person who makes it mentioned, named and with an address. */
function commented(issue: JiraIssue, person: JiraUser): JiraIssue {
  const created = issue.created + 60_000;
  const body = document(paragraph(said('Almost done, '), mention(person), said(` ${talk(person)}`)));
  return { ...issue, comments: [{ id: `9${issue.id}`, created, updated: created, author: person, body }] };
}

function described(issue: JiraIssue, person: JiraUser): JiraIssue {
  const description = document(
    paragraph(said(`Problem: customers leave in week 1, ${talk(person)}`)),
    paragraph(said('Impact: fewer orders, says '), mention(person)),
    paragraph(said(`Success metric: activation from 20 % to 30 %, ask ${talk(person)}`)),
    paragraph(said('Owner: '), mention(person), said(` ${talk(person)}`)),
  );
  return { ...issue, fields: { ...issue.fields, description } };
}

function talk(person: JiraUser): string {
  return `${person.displayName} (${emailOf(person)}) has it`;
}

function emailOf(person: JiraUser): string {
  return 'emailAddress' in person ? String(person.emailAddress) : '';
}

const document = (...content: readonly object[]): object => ({ type: 'doc', version: 1, content });
const paragraph = (...content: readonly object[]): object => ({ type: 'paragraph', content });
const said = (text: string): object => ({ type: 'text', text });
const mention = ({ accountId, displayName }: JiraUser): object => ({
  type: 'mention',
  attrs: { id: accountId, text: `@${displayName}` },
});

function linearWithTalk(workspace: LinearWorkspace): LinearWorkspace {
  const users = new Map(workspace.users.map((user) => [user.id, user]));
  const words = (id: string | undefined): string => {
    const user = id === undefined ? undefined : users.get(id);
    return user === undefined ? '' : `${user.name} (${user.email}, @${user.displayName}) has it`;
  };
  const comments = workspace.issues.flatMap((issue, n): readonly LinearComment[] => {
    const { assigneeId: userId, createdAt } = issue;
    if (n % EVERY !== 0 || userId === undefined) return [];
    const at = createdAt + 60_000;
    const body = `Almost done, ${words(userId)}`;
    return [
      { id: linearId.user(`comment ${n}`), issueId: issue.id, userId, createdAt: at, updatedAt: at, body },
    ];
  });
  return {
    ...workspace,
    comments: [...workspace.comments, ...comments],
    projects: workspace.projects.map((project) => {
      const who = words(project.leadId ?? project.creatorId ?? workspace.users[0]?.id);
      const content = [
        `## Problem\nCustomers leave in week 1, ${who}`,
        `## Impact\nFewer orders, says ${who}`,
        `## Success metric\nActivation from 20 % to 30 %, ask ${who}`,
        `## Owner\n${who}`,
      ].join('\n\n');
      return { ...project, content };
    }),
  };
}
