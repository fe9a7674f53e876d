import { z } from 'zod';
import type { TemplateField } from '../../domain/sending/wechat-fields.js';

/** Both lists: 模板消息 (template_list) and 订阅通知 (data), each with its text `{{thing1.DATA}}`. */
const lists = z.object({
  template_list: z.array(z.object({ template_id: z.string(), content: z.string() })).optional(),
  data: z.array(z.object({ priTmplId: z.string(), content: z.string() })).optional(),
});

/** What is wrong with the template that is set, as a Chinese sentence with the way out; null when nothing is. */
export function templateProblem(body: unknown, templateId: string, fields: readonly TemplateField[]): string | null {
  const parsed = lists.safeParse(body);
  if (!parsed.success) return null;
  const { template_list: templates = [], data: notices = [] } = parsed.data;
  const all = [...templates, ...notices.map(({ priTmplId, content }) => ({ template_id: priTmplId, content }))];
  const own = all.find(({ template_id }) => template_id === templateId);
  if (!own)
    return '服务号的“我的模板”中没有 WECHAT_TEMPLATE_ID 所指的模板，请核对，或在公众平台后台重新选用（删除类目会连同模板一起删除）。';
  const there = [...own.content.matchAll(/\{\{\s*(\w{1,40})\.DATA\s*\}\}/g)].map(([, name]) => name!);
  const missing = there.filter((name) => !fields.some((field) => field.name === name));
  const unknown = fields.map(({ name }) => name).filter((name) => !there.includes(name));
  if (unknown.length) return `模板中没有字段${unknown.join('、')}，请按后台模板改正 WECHAT_TEMPLATE_FIELDS。`;
  return missing.length ? `模板的字段${missing.join('、')}没有内容，请补入 WECHAT_TEMPLATE_FIELDS。` : null;
}
