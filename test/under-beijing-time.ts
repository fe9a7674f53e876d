/**
 * Imported first by specs of times: offices run the service under Beijing time, machines of developers and of CI mostly under
 * UTC, as all other specs do. The environment puts the zone back behind the file.
 */
process.env.TZ = 'Asia/Shanghai';
if (new Date(0).getHours() !== 8) throw new Error('the zone of a running process cannot be changed here');
