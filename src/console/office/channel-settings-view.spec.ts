import { changedText, settingFields } from './channel-settings-view.js';

const vendor = {
  form: { A_NAME: '名称', A_SECRET: '密码', A_SERIAL: '扩展码' },
  opens: 'A_NAME',
  needs: ['A_SECRET'],
};

describe('settingFields', () => {
  it('asks for what must be given, and keeps a secret out of what is kept while the form is under way', () => {
    expect(settingFields(vendor, { texts: {}, secrets: new Set() }, [])).toMatchObject([
      { key: 'A_NAME', name: 'A_NAME', label: '名称', type: 'text', required: true, hint: null },
      { key: 'A_SECRET', name: '_A_SECRET', type: 'password', required: true, value: '' },
      { key: 'A_SERIAL', required: false },
    ]);
  });

  it('shows what is stored and no secret; of a secret, that it is there, even when somebody typed one', () => {
    const texts = { A_NAME: '某县', A_SECRET: 'typed' };
    const fields = settingFields(vendor, { texts, secrets: new Set(['A_SECRET']) }, [
      { field: 'A_NAME', message: '有误。' },
    ]);
    expect(fields).toMatchObject([
      { value: '某县', error: '有误。' },
      { value: '', required: false, hint: '已保存（•••），不再显示；留空则不改。', error: null },
      {},
    ]);
    expect(JSON.stringify(fields)).not.toContain('typed');
  });
});

describe('changedText', () => {
  it('says when, by whom and whether it was removed', () => {
    const row = { account: 'a', sealed: 'x', previous: null, revision: 1, changedBy: '甲', changedById: '1' };
    const changedAt = new Date('2026-11-23T01:00:00Z');
    expect(changedText({ ...row, changedAt })).toBe('2026年11月23日 09:00由甲修改');
    expect(changedText({ ...row, changedAt, sealed: null })).toBe('2026年11月23日 09:00由甲删除');
    expect(changedText(null)).toBeNull();
  });
});
