import { ListImportJobs } from '../../src/distribution/list-file/list-import-jobs.js';
import { ListImportService } from '../../src/distribution/list-file/list-import.service.js';
import { demoRoster, people, type World } from '../world.js';

export const text = () => demoRoster().toString('utf8');
export const csv = (content: string) => ({ name: '名单.csv', bytes: Buffer.from(content) });

/** The demo list with another holder, another number, a post less and one more. */
export const edited = text()
  .replace('秦甲,15400000018', '新甲,15400000118')
  .replace('15400000020', '15400000120')
  .replace(/^115,.*\n?/m, '')
  .concat('116,县直各单位负责人,新设局,局长,新乙,15400000116,r116@yanjin.example,unit,\n');

/** What befalls a file that was uploaded; `world` gives the one of the running test. */
export function listImportSteps(world: () => World) {
  const imports = () => world().get(ListImportService);
  const result = async (id: string) => {
    const stage = await imports().stage(await imports().importOf(id, people.editor));
    if (stage.step !== 'result') throw new Error(stage.step);
    return stage.result;
  };
  const changed = async (id: string) => {
    const r = await result(id);
    return r.ok ? r.changes.map(({ kind, post, name }) => `${kind} ${post} ${name}`) : r.faults;
  };
  const run = async (id: string) => {
    await imports().confirm(id, people.editor, true);
    await world().get(ListImportJobs).run(id);
    return (await imports().importOf(id, people.editor)).state;
  };
  /** All that an import may touch, without versions. */
  const everything = () =>
    Promise.all(
      ['unit', 'post', 'person', 'tenure', 'liaison', 'contact', 'recipient_group', 'group_member'].map((table) =>
        world().query(`SELECT (to_jsonb(t) - 'version')::text AS row FROM ${table} t ORDER BY 1`),
      ),
    );
  return { result, changed, run, everything };
}
