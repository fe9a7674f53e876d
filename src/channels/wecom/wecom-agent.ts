import { z } from 'zod';

/** What the vendor knows of an application (developer.work.weixin.qq.com/document/path/90227). */
const agent = z.object({
  close: z.number().catch(0),
  redirect_domain: z.string().catch(''),
  allow_userinfos: z.object({ user: z.array(z.unknown()) }).catch({ user: [] }),
  allow_partys: z.object({ partyid: z.array(z.unknown()) }).catch({ partyid: [] }),
  allow_tags: z.object({ tagid: z.array(z.unknown()) }).catch({ tagid: [] }),
});

/**
 * What is wrong with an application that answers, as a Chinese sentence with the way out; null when nothing is.
 *
 * @param trustedDomain that WeCom is to lead back to, host and port; null when it is not asked who reads
 */
export function agentProblem(body: unknown, trustedDomain: string | null): string | null {
  const parsed = agent.safeParse(body);
  if (!parsed.success) return null;
  const { close, redirect_domain: domain, allow_userinfos, allow_partys, allow_tags } = parsed.data;
  if (close === 1) return '企业微信应用已停用，请在管理后台启用。';
  const visible = allow_userinfos.user.length + allow_partys.partyid.length + allow_tags.tagid.length;
  if (visible === 0) return '企业微信应用的可见范围是空的，谁也收不到。请在管理后台把接收人所在的部门加入可见范围。';
  if (trustedDomain !== null && domain.toLowerCase() !== trustedDomain.toLowerCase())
    return `企业微信应用的可信域名${domain === '' ? '还没有登记' : `是${domain.slice(0, 100)}`}，与 WECOM_TRUSTED_DOMAIN 不一致，在企业微信里打开链接的人会看到出错页。请在“网页授权及JS-SDK”中登记 ${trustedDomain}，或去掉这一设置。`;
  return null;
}
