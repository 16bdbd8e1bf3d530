import type { UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

const config: UserConfig = library(['src/index.ts', 'src/node.ts', 'src/tfjs.ts', 'src/words.ts'])

export default config
