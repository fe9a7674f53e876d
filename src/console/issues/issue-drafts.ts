import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import type { StoredIssue } from '../../issues/issue.repository.js';
import { Drafts, type Fields } from '../../platform/http/drafts.js';
import { draftOf } from './issue-form.js';
import { keyed, overlay, textsOf, type WorkingDraft } from './issue-working-draft.js';
import { fieldText } from '../../platform/http/form.js';

export interface SavedWorkingDraft extends WorkingDraft {
  savedAt: Date;
}

/** What editors have typed into issues and not saved: one draft for each editor and issue, kept on the server. */
@Injectable()
export class IssueDrafts {
  constructor(private readonly drafts: Drafts) {}

  /**
   * The draft with what a form says; it is begun with the first form that comes.
   *
   * @returns null when it may not be kept: a line states a level of secrecy
   */
  async take(issue: StoredIssue, body: Readonly<Record<string, unknown>>, actor: Actor): Promise<WorkingDraft | null> {
    const working = this.combine(issue, await this.loadDraft(issue.id, actor), body);
    const kept = await this.keep(issue.id, working, actor);
    return kept ? working : null;
  }

  /** As above, with nothing kept. */
  async read(issue: StoredIssue, body: Readonly<Record<string, unknown>>, actor: Actor): Promise<WorkingDraft> {
    return this.combine(issue, await this.loadDraft(issue.id, actor), body);
  }

  /** @returns null when nothing was typed, or it was saved, or it was given up */
  async loadDraft(issueId: string, actor: Actor): Promise<SavedWorkingDraft | null> {
    const found = await this.drafts.get(actor.id, keyOf(issueId));
    return found && { ...(JSON.parse(found.value) as WorkingDraft), savedAt: found.savedAt };
  }

  async keep(issueId: string, working: WorkingDraft, actor: Actor): Promise<boolean> {
    return this.drafts.put(actor.id, keyOf(issueId), JSON.stringify(working), textsOf(working.mine));
  }

  async forget(issueId: string, actor: Actor): Promise<void> {
    await this.drafts.forget(actor.id, keyOf(issueId));
  }

  /** A form that came when its session had ended: it becomes part of the draft. */
  async takePosted(issue: StoredIssue, actor: Actor): Promise<void> {
    const form = `/issues/${issue.id}/edit`;
    const posted = await this.drafts.get(actor.id, form, true);
    if (posted === null) return;
    const fields = JSON.parse(posted.value) as Fields;
    // Of a field sent twice the first counts.
    await this.take(issue, Object.fromEntries([...fields].reverse()), actor);
    await this.drafts.forget(actor.id, form);
  }

  private combine(
    issue: StoredIssue,
    known: WorkingDraft | null,
    body: Readonly<Record<string, unknown>>,
  ): WorkingDraft {
    const revision = fieldText(body.revision);
    if (known !== null && known.mine.revision === revision)
      return { base: known.base, mine: overlay(known.mine, body) };
    const now = keyed(draftOf(issue));
    if (revision === now.revision && known === null) return { base: now, mine: overlay(now, body) };
    // The form is older than what stands there now, and nobody knows any more what it was made of.
    return { base: null, mine: { ...overlay(known?.mine ?? now, body), revision } };
  }
}

const keyOf = (issueId: string): string => `working:/issues/${issueId}/edit`;
