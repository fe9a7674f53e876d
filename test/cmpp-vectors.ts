import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type V = 2 | 3;

/** Packets computed by an independent program that had reproduced those of two public implementations. Bytes are hexadecimal. */
interface Vectors {
  connect: { sp: string; secret: string; ts: string; ver: number; seq: number; hex: string; unpadded?: string }[];
  connectResp: { v: V; status: number; hex: string; authSource: string; secret: string }[];
  submitShort: { v: V; seq: number; text: string; hex: string }[];
  submitLong: { v: V; ref: number; text: string; units: number; parts: number[]; hex: string[] }[];
  submitGroup: { v: V; seq: number; dest: string[]; hex: string }[];
  msgId: {
    mo: number;
    d: number;
    h: number;
    mi: number;
    s: number;
    gw: number;
    seq: number;
    dec: string;
    hex: string;
  }[];
  submitResp: { v: V; seq: number; result: number; msgId: string; hex: string }[];
  mo: { v: V; seq: number; src: string; dest: string; text: string; msgId: string; hex: string; resp: string }[];
  moLong: { v: V; ref: number; text: string; hex: string[] }[];
  report: {
    v: V;
    seq: number;
    width: number;
    stat: string;
    msgId: string;
    number: string;
    hex: string;
    resp: string;
  }[];
  cancel: { v: V; hex: string; ok: string; no: string }[];
  query: { hex: string; resp: string };
  link: { active: string; activeResp: string; terminate: string; terminateResp: string };
  stream: { hex: string; commands: number[]; cuts: number[] };
  badFrames: string[];
  digests: {
    submit: { v: V; text: string; seq: number; bytes: number; md5: string }[];
    parts: { chars: number; contentBytes: number; bytes: number; md5: string }[];
  };
}

export const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures/cmpp-vectors.json'), 'utf8'),
) as Vectors;

export const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');
/** Without the header. */
export const bodyOf = (hex: string): Buffer => bytesOf(hex).subarray(12);
