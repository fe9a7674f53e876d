import { z } from 'zod';
import type { NameTarget } from '../distribution/groups/distribution.service.js';

/** `group:…`, `unit:…` or `post:…` as the value of an option. */
export const nameTarget = z
  .string({ error: '请选择它指的是哪一个。' })
  .regex(/^(?:group|unit|post):[0-9a-f-]{36}$/, { error: '请选择它指的是哪一个。' })
  .transform((value): NameTarget => {
    const at = value.indexOf(':');
    return { kind: value.slice(0, at) as NameTarget['kind'], id: value.slice(at + 1) };
  });
