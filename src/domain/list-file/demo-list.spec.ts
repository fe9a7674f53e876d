import { channelKinds } from '../delivery.js';
import { planDispatch, type PlanContact } from '../sending/dispatch-plan.js';
import type { RosterRow } from './roster-row.js';
import { resolveScope } from '../scope/scope.js';
import { splitScopeText } from '../scope/scope-text.js';
import { demoIndex, demoRows, seatOf } from '../../../test/demo-seats.js';

const scopeLine =
  '本期发：县委常委，县人大正副主任，副县长，县政协正副主席，人武部长，法院院长，检察院检察长，县直各单位负责人，各乡（镇）政府、街道办事处主要领导。';

function contactsOf(row: RosterRow): PlanContact[] {
  const own = { usable: true, ownMailDomain: row.email?.endsWith('@yanjin.example') ?? false };
  // The list holds no id of a follower: he binds himself.
  return channelKinds.filter((kind) => kind !== 'wechat').map((kind) => ({ id: `${kind}${row.order}`, kind, ...own }));
}

describe('the demo list and the seed’s scope', () => {
  const rows = demoRows();
  const labels = splitScopeText(scopeLine);
  // Seats are handed over backwards: the order must come from the rule, not from the file.
  const scope = resolveScope(labels, demoIndex(rows), rows.map(seatOf).reverse());

  it('reads all rows, with contacts', () => {
    expect(rows).toHaveLength(115);
    expect(rows[114]).toMatchObject({
      order: 115,
      mobile: '15400000115',
      wecom: 'r115',
      officers: [{ name: '榆林乡党政办联络员', mobile: null }],
    });
  });

  it('resolves nine labels to 115 people in protocol order', () => {
    expect(labels).toHaveLength(9);
    expect(scope.unknown).toEqual([]);
    expect(scope.people).toBe(115);
    expect(scope.entries.map(({ protocolOrder }) => protocolOrder)).toEqual(
      Array.from({ length: 115 }, (_, n) => n + 1),
    );
  });

  it('counts two of them in two groups', () => {
    expect(
      scope.entries.filter((entry) => entry.groups.length > 1).map(({ name, groups: names }) => [name, names]),
    ).toEqual([
      ['周甲', ['县委常委', '副县长']],
      ['褚甲', ['县委常委', '人武部长']],
    ]);
    expect(scope.groups.map(({ people }) => people)).toEqual([11, 6, 6, 6, 1, 1, 1, 72, 13]);
  });

  it('plans 115 copies with all of three channels', () => {
    const contacts = new Map(rows.map((row) => [`r${row.order}`, contactsOf(row)]));
    const plan = planDispatch({ entries: scope.entries, contacts, channels: channelKinds, level: 'internal' });
    expect(plan.planned).toEqual({ email: 115, sms: 115, wecom: 115, wechat: 0 });
    expect(plan.copies.map(({ copyNumber, entry }) => copyNumber === entry.protocolOrder)).not.toContain(false);
    expect(plan.copies.filter(({ unreachable }) => unreachable !== null)).toEqual([]);
  });
});
