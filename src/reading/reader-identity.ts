import { Injectable } from '@nestjs/common';
import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Hex } from '../platform/crypto.js';
import { Settings } from '../settings/settings.js';
import { deviceDays, DeviceService } from './device.service.js';
import { ReadingService } from './reading.service.js';

const cookieName = 'kb_reader';

/** One for each person: a liaison officer's phone serves several. */
const deviceCookie = (personId: string): string => `kb_own_${sha256Hex(personId).slice(0, 12)}`;

/** A working day: somebody who reads in the morning and signs in the evening proves himself once. */
const proofSeconds = 12 * 3600;

/** Remembers, in a cookie of this one copy's pages, that the person has proven who he is. */
@Injectable()
export class ReaderIdentity {
  constructor(
    private readonly reading: ReadingService,
    private readonly devices: DeviceService,
    private readonly settings: Settings,
  ) {}

  proof(request: FastifyRequest): string | undefined {
    return request.cookies[cookieName];
  }

  proven(request: FastifyRequest, token: string): boolean {
    const proof = this.proof(request);
    return proof !== undefined && this.reading.identityProven(token, proof);
  }

  /** This browser may open the personal pages of this person. */
  isOwn(request: FastifyRequest, personId: string): Promise<boolean> {
    return this.devices.isKnown(request.cookies[deviceCookie(personId)] ?? '', personId);
  }

  /** On every page, and for as long as the device is believed: the cookie names nobody. */
  own(reply: FastifyReply, personId: string, device: string): void {
    reply.setCookie(deviceCookie(personId), device, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.settings.http.secureCookies,
      maxAge: deviceDays * 86_400,
    });
  }

  forget(reply: FastifyReply, token: string): void {
    reply.clearCookie(cookieName, { path: `/r/${token}` });
  }

  remember(reply: FastifyReply, token: string, proof: string): void {
    reply.setCookie(cookieName, proof, {
      path: `/r/${token}`,
      httpOnly: true,
      sameSite: 'lax',
      secure: this.settings.http.secureCookies,
      maxAge: proofSeconds,
    });
  }
}
