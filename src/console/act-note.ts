const notes: Readonly<Record<string, (count: number) => string>> = {
  retried: (n) => (n === 0 ? '没有需要重试的投递，可能刚刚已经重试过。' : `已安排重试${n}条。`),
  late: (n) => (n === 0 ? '所选的人都已有一份，没有重复补发。' : `已补发给${n}人。`),
  resent: (n) => (n === 0 ? '这次补发刚刚已经安排过，没有重复发送。' : `已安排再发${n}条。`),
  told: (n) => (n === 0 ? '没有需要通知的人，或者都已通知过。' : `已安排${n}条撤回通知。`),
  cancelled: (n) => (n === 0 ? '没有尚未发出的消息，没有取消任何一条。' : `已取消${n}条尚未发出的消息。`),
  settled: (n) => (n === 0 ? '这些投递刚刚已有结果，没有再改动。' : `已处理${n}条。`),
};

/** What the last act did, from the address the form led to: `?did=retried-12`. */
export function actNote(did: string | undefined): string | null {
  const match = /^([a-z]{1,20})-(\d{1,7})$/.exec(did ?? '');
  const note = match === null || !Object.hasOwn(notes, match[1]!) ? undefined : notes[match[1]!];
  return note === undefined ? null : note(Number(match![2]));
}
