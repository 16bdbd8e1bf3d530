import type { UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

const config: UserConfig = library([
  'src/index.ts',
  'src/checkpoints.ts',
  'src/doctor.ts',
  'src/game.ts',
  'src/optimizers.ts',
  'src/tensorboard.ts',
  'src/node.ts',
])

export default config
