import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsTable } from '../src/config.js';
import { deliveryMachine } from '../src/domain/delivery-state.js';
import { issueMachine } from '../src/domain/issue-state.js';
import { mermaid } from '../src/domain/machine.js';
import { readingMachine } from '../src/domain/reading.js';
import { smsTemplateTexts } from '../src/rendering/sms.js';

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');

describe('the README', () => {
  it.each([
    ['issue', mermaid(issueMachine.table)],
    ['delivery', mermaid(deliveryMachine.table)],
    ['reading', mermaid(readingMachine.table)],
  ])('draws the %s states as the code has them', (_, diagram) => {
    expect(readme).toContain(diagram);
  });

  it('lists every setting', () => {
    expect(Object.keys(settingsTable).filter((key) => !readme.includes(`| \`${key}\` |`))).toEqual([]);
  });

  it('gives the SMS texts that must be filed', () => {
    const missing = Object.values(smsTemplateTexts('https://你的地址')).filter((text) => !readme.includes(text));
    expect(missing).toEqual([]);
  });
});
