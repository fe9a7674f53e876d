import { ChannelRegistry } from '../../src/channels/channel-registry.js';
import { channelsCommand } from '../../src/programs/channels-command.js';
import { afterwards } from './afterwards.js';
import { emailChannel, smsChannel, wecomChannel } from './channels-under-test.js';
import { office, startSandboxUnderTest } from './sandbox-under-test.js';

describe('the command that tries the channels', () => {
  const closing = afterwards();

  const run = async (wrong: { password?: string; secret?: string } = {}) => {
    const { sandbox } = closing(await startSandboxUnderTest());
    const { password = office.smtp.password, secret = office.wecom.secret } = wrong;
    const registry = new ChannelRegistry([
      emailChannel(sandbox.smtpPort, { login: { user: office.smtp.user, password } }),
      smsChannel(sandbox),
      wecomChannel(sandbox, { secret }),
    ]);
    closing(registry);
    const lines: string[] = [];
    const code = await channelsCommand(registry, (line) => lines.push(line));
    return { code, lines, sent: sandbox.book.messages() };
  };

  it('finds all well and sends nothing', async () => {
    const { code, lines, sent } = await run();
    expect(lines).toEqual([
      '电子邮件（邮件服务器）：正常。',
      '短信（阿里云短信）：正常。',
      '企业微信（企业微信）：正常。',
    ]);
    expect({ code, sent }).toEqual({ code: 0, sent: [] });
  });

  it('says of each that is not what to do, without its secrets', async () => {
    const { code, lines } = await run({ password: 'guessed-1', secret: 'guessed-2' });
    expect(code).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/密码.*。$/),
      '短信（阿里云短信）：正常。',
      expect.stringMatching(/^企业微信.*。$/),
    ]);
    expect(lines.join()).not.toContain('guessed');
  });

  it.each([
    [null, '退信邮箱：正常。', 0],
    ['退信邮箱登录失败。', '退信邮箱：退信邮箱登录失败。', 1],
  ])('says how the mailbox of bounces is (%s)', async (problem, line, code) => {
    const { sandbox } = closing(await startSandboxUnderTest());
    const registry = closing(new ChannelRegistry([smsChannel(sandbox)]));
    const lines: string[] = [];
    const check = () => Promise.resolve(problem);
    expect(await channelsCommand(registry, (said) => lines.push(said), check)).toBe(code);
    expect(lines).toEqual(['短信（阿里云短信）：正常。', line]);
  });

  it('says what to set where nothing is', async () => {
    const lines: string[] = [];
    expect(await channelsCommand(new ChannelRegistry([]), (line) => lines.push(line))).toBe(0);
    expect(lines).toEqual([expect.stringContaining('SMTP_HOST')]);
  });
});
