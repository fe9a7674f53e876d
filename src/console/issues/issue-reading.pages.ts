import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { CurrentActor, Needs } from '../../accounts/needs.js';
import { DomainError } from '../../domain/errors/errors.js';
import type { StoredIssue } from '../../issues/issue.repository.js';
import { type NextReading, ReadingService } from '../../issues/reading.service.js';
import { LargestBody } from '../../platform/http/bodies.js';
import { fieldText } from '../../platform/http/form.js';
import { type PageReply, seeOther, type SeeOther } from '../../platform/http/page.js';
import { confirmChange } from '../confirm-change.js';
import { issueId } from '../ids.js';
import { EditableIssue } from './editable-issue.js';
import { IssueDrafts } from './issue-drafts.js';
import { isChanged } from './issue-working-draft.js';
import { readingStep } from './reading-steps.js';

/**
 * Buttons beside the original: a person says what a line or a fact is, and the whole original is read once more around that.
 * What somebody has edited by hand is not touched before he has been asked.
 */
@Needs('issue.edit')
@Controller('issues/:id/reading')
export class IssueReadingPages {
  constructor(
    private readonly editable: EditableIssue,
    private readonly readings: ReadingService,
    private readonly drafts: IssueDrafts,
  ) {}

  @LargestBody(4 * 1024 * 1024)
  @Post()
  async say(
    @Param('id', issueId) id: string,
    @Body() body: Record<string, unknown>,
    @CurrentActor() actor: Actor,
  ): Promise<PageReply | SeeOther> {
    const issue = await this.editable.load(id, actor);
    // The button may stand in the form, with everything that is typed there.
    if ('part' in body && (await this.drafts.take(issue, body, actor)) === null)
      throw new DomainError('issue.classifiedText');
    if (fieldText(body.revision) !== String(issue.revision)) throw new DomainError('issue.changedMeanwhile');
    const asked = /^say:([1-9]\d{0,5})$/.exec(fieldText(body.step))?.[1];
    if (asked !== undefined) return seeOther(`/issues/${id}/edit?line=${asked}&say=1#line-${asked}`);
    const current = await this.readings.currentReading(id);
    const choice = (line: number): string => fieldText(body[`line.${line}`]);
    const step = current && readingStep(fieldText(body.step), current, choice);
    if (!current || !step) throw new DomainError('issue.changedMeanwhile');
    const place = `/issues/${id}/edit?line=${step.line}#line-${step.line}`;
    const next = await this.readings.tryPins(issue, current, step.pins, actor);
    const draft = await this.drafts.loadDraft(id, actor);
    const isTyped = draft !== null && isChanged(draft);
    const warnings = whatToMind(issue, next, isTyped);
    if (warnings.length > 0 && fieldText(body.confirmed) !== 'yes') {
      const chosen = Object.fromEntries(
        Object.keys(body)
          .filter((name) => name === `line.${step.line}`)
          .map((name) => [name, fieldText(body[name])]),
      );
      return confirmChange({
        title: '按新的读法重读全文',
        action: `/issues/${id}/reading`,
        fields: { revision: String(issue.revision), step: fieldText(body.step), ...chosen },
        lines: [`第${step.line}行按您说的读，全文其余部分随之重读。`, ...keptLines(next)],
        warnings,
        submit: '重读',
        back: place,
        nav: 'issues',
        undo: '这一行的读法以后随时可以改回',
      });
    }
    await this.readings.takeReading(issue, next, actor);
    if (!isTyped) await this.drafts.forget(id, actor);
    return seeOther(place);
  }
}

const keptLines = ({ edits }: NextReading): string[] =>
  edits.kept.length === 0 ? [] : [`您改过的这些内容保留：${some(edits.kept)}。`];

/** Why a person is asked first; nothing where all is as the original gave it. */
function whatToMind({ state }: StoredIssue, { edits }: NextReading, isTyped: boolean): string[] {
  const minded = [];
  if (edits.isEdited) minded.push('导入以后，本期内容已有人改过。');
  if (edits.lost.length > 0) minded.push(`这些改动在新的读法里没有位置，会被替换：${some(edits.lost)}。`);
  if (isTyped) minded.push('您还有没保存的改动。重读以后，会请您逐处核对，把它们并进去。');
  if (state === 'signedOff') minded.push('本期已签发。重读后签发作废，须重新送审、审核、签发。');
  return minded;
}

const mostNamed = 8;
const some = (names: readonly string[]): string =>
  names.slice(0, mostNamed).join('、') + (names.length > mostNamed ? `等${names.length}处` : '');
