// The stand-in providers as a process of their own. Its options come as JSON in CHAOS_SANDBOX; it tells its parent how many
// messages its book holds.
import { startSandbox } from '../../dist/sandbox/sandbox.js';

const { reportUrl, bounce, ...options } = JSON.parse(process.env.CHAOS_SANDBOX);
const sandbox = await startSandbox(options);
sandbox.setReportUrl(reportUrl);
sandbox.setBounce(bounce);
process.send({ ready: true });
setInterval(() => process.send({ taken: sandbox.book.all().length }), 50).unref();
process.once('SIGTERM', () => void sandbox.stop().then(() => process.exit(0)));
process.once('disconnect', () => process.exit(1));
