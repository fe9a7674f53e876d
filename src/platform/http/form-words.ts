import type { z } from 'zod';
import zhCN from 'zod/v4/locales/zh-CN.js';

const chinese = zhCN().localeError;

const kinds: Readonly<Record<string, string>> = {
  string: '文本',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '数组',
  object: '对象',
  record: '对象',
};

/** What is wrong with a field that has no sentence of its own. */
export const formWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined || issue.input === null) return '请填写。';
    return `填写的内容不正确，应为${kinds[issue.expected] ?? '另一种内容'}。`;
  }
  if (issue.code === 'invalid_value') return '请从给出的选项中选择。';
  if (issue.code === 'invalid_union') return '填写的内容不正确。';
  if (issue.code === 'invalid_format') return '格式不正确。';
  return chinese(issue);
};
