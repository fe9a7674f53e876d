/** What a program may do through the interface. A key has some of these and nothing else. */
export const apiScopes = {
  'organisation.read': '查看单位、岗位、任职（联系方式打码）',
  'organisation.write': '修改单位、岗位、任职',
  'groups.read': '查看分组和试算发送范围',
  'groups.write': '修改分组',
  'subscriptions.read': '查看自愿订阅（地址打码）',
  'subscriptions.write': '批准、拒绝、停止自愿订阅',
} as const satisfies Record<string, string>;

export type ApiScope = keyof typeof apiScopes;
export const apiScopeNames = Object.keys(apiScopes) as [ApiScope, ...ApiScope[]];
