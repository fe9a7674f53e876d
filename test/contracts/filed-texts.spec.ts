import type { SmsTemplateKey } from '../../src/rendering/message.js';
import { filledSms, smsTemplateTexts, smsVariables } from '../../src/rendering/sms.js';
import { afterwards } from './afterwards.js';
import { outcomeOf, outgoing } from './channel.contract.js';
import { cmppChannel, smsChannel, tencentChannel, yunmasChannel } from './channels-under-test.js';
import { office, startSandboxUnderTest, type SandboxUnderTest } from './sandbox-under-test.js';

const publicUrl = 'https://kb.example.cn';
const texts = smsTemplateTexts(publicUrl);
const keys = Object.keys(texts) as SmsTemplateKey[];
const codes = Object.fromEntries(keys.map((key, at) => [key, `20${at}`])) as Record<SmsTemplateKey, string>;
const filed = (text: (key: SmsTemplateKey) => string) => Object.fromEntries(keys.map((key) => [codes[key], text(key)]));
/** As the second vendor has it: variables by number. */
const numbered = (key: SmsTemplateKey) =>
  smsVariables(key).reduce((text, name, at) => text.replace(`\${${name}}`, `{${at + 1}}`), texts[key]);

let place: SandboxUnderTest;
const closing = afterwards();
beforeEach(async () => {
  const { signName } = office;
  const aliyun = { ...office.aliyun, signName, templates: filed((key) => texts[key]) };
  const tencent = { ...office.tencent, signName, templates: filed(numbered) };
  const yunmas = { ...office.yunmas, signName, templates: filed(numbered) };
  place = closing(await startSandboxUnderTest({ aliyun, tencent, yunmas }));
});

it.each(keys)('the text for %s reaches the phone from each vendor as it is filed', async (key) => {
  const account = { publicUrl, signName: office.signName, smsTemplates: codes, asksForReplies: false };
  const params = Object.fromEntries(smsVariables(key).map((name, at) => [name, `第${at}个值`]));
  const content = filledSms(key, params, account);
  const channels = [
    smsChannel(place.sandbox),
    tencentChannel(place.sandbox, { templates: codes }),
    yunmasChannel(place.sandbox),
    yunmasChannel(place.sandbox, { flavour: 'template', templates: codes }),
    cmppChannel(place.sandbox.cmpp!.port),
  ];
  for (const channel of channels) {
    const message = outgoing('15400000001', content);
    expect(await outcomeOf(closing(channel), message)).toMatchObject({ kind: 'accepted' });
    expect(place.sandbox.book.messages().find(({ provider }) => provider === channel.provider)).toMatchObject({
      provider: channel.provider,
      text: content.text,
    });
  }
});
