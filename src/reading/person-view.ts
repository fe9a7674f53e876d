import { beijingDate, chineseDate, chineseDateTime } from '../domain/calendar.js';
import { channelText } from '../domain/sending/channel-text.js';
import { contactText } from '../domain/people/contact-address.js';
import { channelFacts, offeredChannels } from '../domain/channel-facts.js';
import { type ChannelKind, channelKinds } from '../domain/delivery.js';
import type { PreferenceChoice, TypedPreference } from '../domain/sending/preference.js';
import { acknowledgeViaText, readingStateText } from '../domain/reading/reading.js';
import { subscriptionStateText } from '../domain/sending/subscription.js';
import type { FormFault } from '../platform/http/form.js';
import type { MyData } from './my-data.service.js';

const day = (at: Date): string => chineseDate(at.toISOString().slice(0, 10));
const dayOf = (at: Date): string => chineseDate(beijingDate(at));

const places = ['首先', '其次', '再次'];
const hourText = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

export function preferenceText({ channelOrder, quiet, dailyDigest, largeType, onPaper }: PreferenceChoice): string[] {
  return [
    `通道次序：${channelOrder.length ? channelOrder.map((kind) => channelText[kind]).join('、') : '按办公室安排'}`,
    `安静时段：${quiet ? `${hourText(quiet.from)}至${hourText(quiet.until)}` : '按办公室安排'}`,
    `每日汇总：${dailyDigest ? '是' : '否'}`,
    `大字：${largeType ? '是' : '否'}`,
    `另送纸质件：${onPaper ? '是' : '否'}`,
  ];
}

export function typedOf({ channelOrder, quiet, dailyDigest, largeType, onPaper }: PreferenceChoice): TypedPreference {
  return {
    places: places.map((_, i) => channelOrder[i] ?? ''),
    quietFrom: quiet ? String(quiet.from) : '',
    quietUntil: quiet ? String(quiet.until) : '',
    ...{ dailyDigest, largeType, onPaper },
  };
}

/** The form as it was typed, so that a fault costs no work. */
export function preferencePage(
  typed: TypedPreference,
  about: { action: string; back: string | null; name: string; subscriber: boolean },
  {
    configured,
    ...shown
  }: { faults: FormFault[]; saved: boolean; digestTime: string; configured: readonly ChannelKind[] },
) {
  const offered = offeredChannels([...configured, ...channelKinds.filter((kind) => typed.places.includes(kind))]);
  const hours = (chosen: string) =>
    Array.from({ length: 24 }, (_, hour) => ({
      value: String(hour),
      text: hourText(hour),
      selected: String(hour) === chosen,
    }));
  return {
    ...about,
    ...shown,
    places: places.map((label, i) => ({
      label,
      number: i + 1,
      choices: offered.map((kind) => ({ kind, text: channelText[kind], selected: typed.places[i] === kind })),
    })),
    from: hours(typed.quietFrom),
    until: hours(typed.quietUntil),
    dailyDigest: typed.dailyDigest,
    largeType: typed.largeType,
    onPaper: typed.onPaper,
  };
}

export function myDataView(data: MyData) {
  return {
    name: data.name,
    posts: data.posts.map(({ unit, title, acting, startsOn, endsOn }) => ({
      text: `${unit} ${title}${acting ? '（代理）' : ''}`,
      period: `${startsOn.getUTCFullYear() <= 1949 ? '' : day(startsOn)}起${endsOn ? `，${day(endsOn)}止` : ''}`,
    })),
    contacts: data.contacts.map(({ id, kind, masked, verifiedAt, badSince, lastDeliveredAt }) => ({
      ...{ id, masked, label: contactText[kind], typed: channelFacts[kind].addressIsTyped },
      note: [
        badSince ? '服务商说收不到，请联系更正' : '',
        verifiedAt ? `${dayOf(verifiedAt)}已核对` : '还没有核对',
        lastDeliveredAt ? `最近送达${dayOf(lastDeliveredAt)}` : '',
      ]
        .filter(Boolean)
        .join('，'),
    })),
    preference: preferenceText(data.preference),
    readings: data.readings.map((row) => ({
      title: row.title,
      signed: dayOf(row.signedAt),
      state: readingStateText[row.reading],
      opened: row.openedAt ? chineseDateTime(row.openedAt) : '',
      acknowledged: row.acknowledgedAt ? `${chineseDateTime(row.acknowledgedAt)}${howAcknowledged(row)}` : '',
    })),
    looks: data.looks.map(({ at, who, channel, reason }) => ({
      at: chineseDateTime(at),
      who: who ?? '已停用的账号',
      what: contactText[channel as ChannelKind],
      reason,
    })),
    amendments: data.amendments.map(({ text, state, createdAt, answer, answeredAt }) => ({
      ...{ text, at: dayOf(createdAt), answer: answer ?? '' },
      state: { open: '待处理', done: '已更正', declined: '未采纳' }[state],
      answered: answeredAt ? dayOf(answeredAt) : '',
    })),
    subscriptions: data.subscriptions.map(({ publication, sections, state, masked }) => ({
      ...{ publication, masked, state: subscriptionStateText[state] },
      sections: sections.length ? sections.join('、') : '全部栏目',
    })),
  };
}

function howAcknowledged({ acknowledgedVia, onBehalfBy }: MyData['readings'][number]): string {
  if (onBehalfBy) return `（由${onBehalfBy}代签收）`;
  return acknowledgedVia ? `（${acknowledgeViaText[acknowledgedVia]}）` : '';
}
