import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';

export const office = {
  smtp: { user: 'office', password: 'mail-password' },
  aliyun: { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' },
  tencent: { secretId: 'testSecretId', secretKey: 'testSecretKey', sdkAppId: '1400006666' },
  tencentTemplate: '1110',
  yunmas: { ecName: '某县人民政府办公室', apId: 'testap', secretKey: 'testKey123', sign: 'AbCdEfGhI' },
  yunmasTemplate: 'tpl00001',
  cmpp: { spId: '900001', secret: 'testpwd', serviceId: 'GOVBULL', srcId: '1065000017' },
  wecom: { corpId: 'ww0123456789abcdef', secret: 'wecom-secret', agentId: 1_000_002 },
  /** As entered at the vendor, where presses on cards are called in. */
  wecomCallback: { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' },
  wechat: { appId: 'wx0123456789abcdef', secret: 'wechat-secret' },
  /** 我的模板: a template message, and a long-term subscription notice. */
  wechatTemplate: 'f9KbMio42Ks3kzLwPP1aDkl2k98avIFbPtdLJ_yY7QY',
  wechatNotice: 'VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc',
  signName: '某县政务',
  templateCode: 'SMS_KB_NOTICE',
  bounce: { domain: 'bounce.example.cn', secret: 'verp-secret' },
};

export const tencentFiled = {
  ...office.tencent,
  signName: office.signName,
  templates: { [office.tencentTemplate]: '您有新的《{1}》{2}，请查收，签收码{3}。' },
};

const fields = '名称：{{thing1.DATA}}\n摘要：{{thing2.DATA}}\n时间：{{time3.DATA}}\n状态：{{phrase4.DATA}}';
export const wechatFiled = {
  ...office.wechat,
  followers: 'any',
  templates: {
    [office.wechatTemplate]: { kind: 'template', content: fields },
    [office.wechatNotice]: { kind: 'subscription', content: fields },
  },
} as const satisfies SandboxOptions['wechat'];

export interface SandboxUnderTest {
  sandbox: Sandbox;
  dir: string;
  /** Stops it, unless it was stopped, and removes its folder. */
  close(): Promise<void>;
}

/** A sandbox without delays in a folder of its own. */
export async function startSandboxUnderTest(changes: Partial<SandboxOptions> = {}): Promise<SandboxUnderTest> {
  const dir = changes.dir ?? (await mkdtemp(join(tmpdir(), 'kuaibao-sandbox-')));
  const sandbox = await startSandbox({
    dir,
    latencyMs: [0, 0],
    reportDelayMs: [0, 0],
    smtp: office.smtp,
    aliyun: {
      ...office.aliyun,
      signName: office.signName,
      templates: { [office.templateCode]: '您有新的《${publication}》${number}，请查收，签收码${code}。' },
      reportRetryMs: [50, 50, 50],
    },
    tencent: tencentFiled,
    yunmas: {
      ...office.yunmas,
      signName: office.signName,
      templates: { [office.yunmasTemplate]: '您有新的《{1}》{2}，请查收，签收码{3}。' },
    },
    cmpp: { ...office.cmpp, signName: office.signName },
    wecom: { ...office.wecom, users: 'any', callback: office.wecomCallback },
    wechat: { ...wechatFiled, callback: office.wecomCallback },
    ...changes,
  });
  return {
    sandbox,
    dir,
    async close() {
      await sandbox.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A port nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  await new Promise((resolve) => server.close(resolve));
  return address.port;
}
