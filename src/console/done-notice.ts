import { Injectable } from '@nestjs/common';
import { ListChangeRepository } from '../organisation/list-change.repository.js';
import { ListChangeService } from '../organisation/list-change.service.js';
import { isId } from '../platform/new-id.js';

/** After an act, what was done, with a button that takes it back. */
export interface NoticeProps {
  done: { id: string; summary: string; mayUndo: boolean } | null;
  undone: { summary: string } | null;
}

/** A page that comes after an act carries `?done=change` or, after an undo, `?undone=change`. */
@Injectable()
export class DoneNotice {
  constructor(
    private readonly changes: ListChangeRepository,
    private readonly service: ListChangeService,
  ) {}

  async noticeFor(query: Readonly<Record<string, string | undefined>>): Promise<NoticeProps> {
    const load = async (id: string | undefined) => (id && isId(id) ? this.changes.loadChange(id) : null);
    const [done, undone] = await Promise.all([load(query.done), load(query.undone)]);
    return {
      done: done && { id: done.id, summary: done.summary, mayUndo: this.service.isRecent(done) },
      undone: undone?.undoneAt ? { summary: undone.summary } : null,
    };
  }
}
