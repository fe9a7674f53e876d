import { AccountService } from '../accounts/account.service.js';
import { readSettings } from './settings.js';
import { printStartError } from '../settings/start-error.js';
import { type Service, startService } from './service.js';

let stopping = false;

try {
  const starting = startService(readSettings());
  // Heard from the beginning: who stops it while it starts must not find the embedded database still running.
  const stop = (): void => {
    stopping = true;
    process.stderr.write('正在停止：把已开始的发送做完……\n');
    void starting
      .then((service) => service.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          printStartError(error);
          process.exit(1);
        },
      );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const service = await starting;
  if (service.adopted) process.stderr.write('上次没有正常停止：已接管仍在运行的数据库。\n');
  if (service.url) process.stderr.write(`kuaibao 已启动：${service.url}（队列：${service.queue}）\n`);
  else process.stderr.write(`kuaibao 发送进程已启动（队列：${service.queue}）\n`);
  if (!stopping) await inviteAdministrator(service);
} catch (error) {
  // What fails because it is being stopped is no fault; the stop ends the process.
  if (!stopping) {
    printStartError(error);
    process.exit(1);
  }
}

/** No default password: whoever starts the service for the first time sets the administrator's. */
async function inviteAdministrator(service: Service): Promise<void> {
  if (!service.url) return;
  const path = await service.get(AccountService).ensureFirstAdministrator();
  if (path) process.stderr.write(`首次使用：请打开 ${service.url}${path} 设置系统管理员（账号 admin）的密码。\n`);
}
