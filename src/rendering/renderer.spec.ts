import type { EditionContent } from '../domain/issue/edition.js';
import { ClassGate } from '../issues/class-gate.js';
import type { EditionRepository } from '../issues/edition.repository.js';
import type { Settings } from '../settings/settings.js';
import type { MessageContent } from './message.js';
import { Renderer } from './renderer.js';
import type { RenditionRepository } from './rendition.repository.js';
import { seedEdition, seedHeadlines, seedPerson } from './testing/seed-edition.js';

const settings = {
  ownMailDomains: ['yanjin.gov.cn'],
  officeName: '延津县人民政府办公室',
  mode: 'production',
  http: { publicUrl: 'https://kb.yanjin.gov.cn' },
  sms: { signName: '延津县政府办', templates: { digest: 'D', notice: 'N', reminder: 'R', code: 'C', subscriber: 'S' } },
} as unknown as Settings;

/** The table `rendition`, with what was asked of it. */
class StoredRenditions {
  readonly rows = new Map<string, MessageContent>();
  loads = 0;
  loadRendition(editionId: string, format: string): Promise<MessageContent | null> {
    this.loads += 1;
    return Promise.resolve(this.rows.get(`${editionId} ${format}`) ?? null);
  }
  keep(editionId: string, format: string, content: MessageContent): Promise<void> {
    const key = `${editionId} ${format}`;
    if (!this.rows.has(key)) this.rows.set(key, structuredClone(content));
    return Promise.resolve();
  }
}

function rendererOf(edition: EditionContent | null, table = new StoredRenditions()) {
  const editions = { loadEdition: () => Promise.resolve(edition && { content: edition }) };
  return new Renderer(
    table as unknown as RenditionRepository,
    editions as unknown as EditionRepository,
    new ClassGate(settings),
    settings,
  );
}

const mail = { channel: 'email', carry: 'fullText', purpose: 'initial', round: 0 } as const;

describe('rendition', () => {
  it('composes once, stores with open slots and then works from memory', async () => {
    const table = new StoredRenditions();
    const renderer = rendererOf(seedEdition(), table);
    const first = await renderer.rendition('e1', mail);
    const loads = table.loads;
    expect(await renderer.rendition('e1', mail)).toBe(first);
    expect(table.loads).toBe(loads);
    expect([...table.rows.keys()]).toEqual(['e1 email:fullText:initial:0']);
    expect(JSON.stringify([...table.rows.values()])).not.toContain(seedPerson.name);
    expect(renderer.fill(first, seedPerson)).toMatchObject({ subject: '延津政务快报第14期（2025年4月3日）' });
  });

  it('sends what is stored, even when the templates would now make something else', async () => {
    const table = new StoredRenditions();
    await table.keep('e1', 'email:fullText:initial:0', { kind: 'email', subject: '先前', html: '', text: '' });
    const renderer = rendererOf(seedEdition(), table);
    expect(renderer.fill(await renderer.rendition('e1', mail), seedPerson)).toMatchObject({ subject: '先前' });
  });

  it('keeps editions, carries and rounds apart', async () => {
    const table = new StoredRenditions();
    const renderer = rendererOf(seedEdition(), table);
    await renderer.rendition('e1', mail);
    await renderer.rendition('e2', mail);
    await renderer.rendition('e1', { ...mail, carry: 'notice' });
    await renderer.rendition('e1', { ...mail, purpose: 'reminder', round: 1 });
    await renderer.rendition('e1', { ...mail, purpose: 'reminder', round: 2 });
    expect(table.rows.size).toBe(5);
  });

  it('composes nothing for an edition that is not there or whose level forbids it', async () => {
    await expect(rendererOf(null).rendition('e1', mail)).rejects.toThrow('e1');
    const table = new StoredRenditions();
    await expect(rendererOf(seedEdition({ level: 'workSecret' }), table).rendition('e1', mail)).rejects.toThrow(
      'workSecret',
    );
    expect(table.rows.size).toBe(0);
  });
});

describe('previewMessage', () => {
  const renderer = rendererOf(seedEdition());
  const person = { name: '赵甲', postTitle: '县委书记', unitName: '县委' };

  it('counts SMS parts', () => {
    const preview = renderer.previewMessage(seedEdition(), 'sms', person);
    expect(preview).toMatchObject({ carry: 'digest' });
    expect('smsParts' in preview && preview.smsParts?.length).toBe(2);
  });

  it('counts the bytes of a card', () => {
    const preview = renderer.previewMessage(seedEdition({ level: 'internal' }), 'wecom', person);
    expect(preview).toMatchObject({ carry: 'notice', smsParts: null, titleBytes: 47 });
    expect(JSON.stringify(preview)).not.toContain(seedHeadlines[0]);
  });

  it('shows the mail as the kind of address decides, without a working link', () => {
    const internal = seedEdition({ level: 'internal' });
    const own = renderer.previewMessage(internal, 'email', person, { mailDomain: 'yanjin.gov.cn' });
    const outside = renderer.previewMessage(internal, 'email', person);
    expect([own, outside]).toMatchObject([{ carry: 'fullText' }, { carry: 'notice' }]);
    expect(JSON.stringify(own)).toContain('https://kb.yanjin.gov.cn/r/preview');
  });

  it('shows a reminder', () => {
    const preview = renderer.previewMessage(seedEdition(), 'wecom', person, { purpose: 'reminder' });
    expect(preview).toMatchObject({ content: { title: '【催阅】延津政务快报第14期（2025年4月3日）' } });
  });

  it('says why nothing is sent', () => {
    const secret = seedEdition({ level: 'workSecret' });
    expect(renderer.previewMessage(secret, 'sms', person)).toEqual({
      gateClosed: '按密级“工作秘密”，本期不得通过短信发送。',
    });
    expect(renderer.previewMessage(secret, 'email', person)).toEqual({
      gateClosed: '按密级“工作秘密”，本期不得通过单位自有邮箱以外的邮箱发送。',
    });
  });
});
