import { lockRun } from '../../src/node/run-lock.ts'

/** Takes the lock of a run, says so, and holds it until it is killed: `node hold-run.ts RUN`. */
await lockRun(process.argv[2]!)
process.stdout.write('held\n')
setInterval(() => {}, 1000)
