import type { UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

const config: UserConfig = library([
  'src/index.ts',
  'src/node.ts',
  'src/browser.ts',
  'src/options.ts',
  'src/node/drawn/draw-worker.ts',
  'src/node/images/small-jpeg-worker.ts',
])

export default config
