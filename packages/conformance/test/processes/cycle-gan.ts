import { selectBackend } from '@gankit/runtime/node'
import { checkpoints, createTrainer } from '@gankit/trainer'
import { fileStore } from '@gankit/trainer/node'
import { cycleGan } from '../../../trainer/test/games/cycle-gan.ts'
import { dataFrom } from '../../../trainer/test/games/two-sides.ts'

// Trains a CycleGAN of points with a backend and checkpoints in a folder, and kills itself after so many steps.
const [backend = 'wasm', folder = '', every = '100', steps = '350'] = process.argv.slice(2)
await selectBackend({ backend, threads: 1 })
const trainer = createTrainer({ game: cycleGan(), seed: 2 })
const callbacks = [checkpoints({ store: fileStore(folder), every: Number(every) })]
for await (const event of trainer.run(dataFrom(), { until: () => false, callbacks }))
  if (event.step === Number(steps)) process.kill(process.pid, 'SIGKILL')
