import type { UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

const config: UserConfig = library([
  'src/index.ts',
  'src/settings.ts',
  'src/events.ts',
  'src/apps/node.ts',
  'src/node.ts',
])

export default config
