import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccountsModule } from './accounts.module.js';
import { FormsPages } from './forms.pages.js';
import { KnownAccount } from './known-account.js';
import { OncePages } from './once.pages.js';
import { OwnAccountPages } from './own-account.pages.js';
import { SessionGuard } from './session.guard.js';
import { SignInPages } from './sign-in.pages.js';
import { StreamInterceptor } from './stream.interceptor.js';
import { KnownCaller } from '../platform/http/known-caller.js';

/** Pages of accounts, and the guard: with it no route is open unless it is marked. */
@Module({
  imports: [AccountsModule],
  controllers: [FormsPages, OncePages, OwnAccountPages, SignInPages],
  providers: [
    { provide: APP_GUARD, useClass: SessionGuard },
    { provide: APP_INTERCEPTOR, useClass: StreamInterceptor },
    { provide: KnownCaller, useClass: KnownAccount },
  ],
})
export class SignInModule {}
