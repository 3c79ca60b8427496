import type { JiraSite } from '#demo/jira/model.ts';
import { sitesFromHistory } from '#demo/jira/recorded.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { multipliedSite } from '#tests/support/multiplied-site.ts';
import { sharedPath } from '#tests/support/shared.ts';

/** The history to be read, multiplied: a recorded one where it lies beside the project, else the simulated one. */
export async function benchSite(issues: number): Promise<{ readonly name: string; readonly site: JiraSite }> {
  const file = sharedPath('data/jira-history/DURACLOUD.jsonl.gz');
  const [recorded] = file === undefined ? [] : await sitesFromHistory([file]);
  return recorded === undefined
    ? { name: 'the simulated organisation', site: multipliedSite(simulatedOrganisation().site, issues) }
    : { name: 'the recorded history DURACLOUD', site: multipliedSite(recorded.site, issues) };
}
