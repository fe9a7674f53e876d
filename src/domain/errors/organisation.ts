import { chineseDate } from '../calendar.js';
import { type CatalogueEntry, fixed, word } from './error-entry.js';

const day = (value: unknown, absent: string): string => (typeof value === 'string' ? chineseDate(value) : absent);

/** Sentences about units, posts, tenures and people. */
export const organisationErrors = {
  'list.unitNotFound': fixed(404, '没有找到这个单位。'),
  'list.personNotFound': fixed(404, '没有找到这个人。'),
  'list.tenureNotFound': fixed(404, '没有找到这项任职。'),
  'list.liaisonNotFound': fixed(404, '没有找到这名联络员。'),
  'list.unitNameTaken': {
    status: 409,
    text: ({ name }) => `已经有名为${name === undefined ? '这个名称' : `“${word(name)}”`}的单位，请换一个名称。`,
  },
  'list.unitClosed': { status: 409, text: ({ on }) => `这个单位自${day(on, '更早')}起已撤销。` },
  'list.postTaken': fixed(409, '这个单位已经有同名同席的岗位，请改席次或名称。'),
  'list.postClosed': { status: 409, text: ({ on }) => `这个岗位自${day(on, '更早')}起已撤销，不能再任职。` },
  'list.postNotOpen': { status: 422, text: ({ on }) => `这个岗位自${day(on, '更晚')}起才设立，任职日期不能更早。` },
  'list.plannedAlready': {
    status: 409,
    text: ({ on }) => `这个岗位已经安排了自${day(on, '更晚')}起的任职，请先取消那项安排，或改用更晚的日期。`,
  },
  'list.alreadyHolds': fixed(409, '此人在这一天已经担任这个岗位。'),
  'list.pastTaken': {
    status: 409,
    text: ({ on }) => `这一天的任职已于${day(on, '更早')}结束，过去不能由任免改写；如属录入错误，请用“更正”。`,
  },
  'list.sameDay': {
    status: 409,
    text: ({ on }) => `现任自${day(on, '同一天')}起任职，不能同日再换人；如属录入错误，请用“更正”。`,
  },
  'list.tenureEnded': { status: 409, text: ({ on }) => `这项任职已于${day(on, '更早')}结束。` },
  'list.endBeforeStart': { status: 422, text: ({ on }) => `结束日期必须晚于任职开始日期${day(on, '')}。` },
  'list.lateNeedsReason': fixed(422, '日期早于今天，属于补录，请写明理由。'),
  'list.correctionNeedsReason': fixed(422, '更正会改变过去的记录，请写明理由。'),
  'list.alreadyLiaison': fixed(409, '此人已经是这里的联络员。'),
  'list.overlap': {
    status: 409,
    text: ({ from, until }) =>
      `与同一岗位${day(from, '更早')}至${day(until, '今')}的另一项任职重叠，请先更正那一项或改日期。`,
  },
  'list.twiceOnePost': fixed(422, '同一个岗位只能安排一人。'),
  'list.nothingToChange': fixed(422, '没有任何改动，请先填写。'),
  'list.tooMany': { status: 422, text: ({ limit }) => `一次最多${word(limit, '若干')}个岗位，请缩小范围。` },
  'list.changeNotFound': fixed(404, '没有找到这项改动。'),
  'list.undoTooLate': fixed(409, '之后名单又有改动，或已超过24小时，不能再撤销；请用任免或更正办理。'),
  'list.undone': fixed(409, '这项改动已经撤销过了。'),
} satisfies Record<string, CatalogueEntry>;
