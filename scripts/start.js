// The main job: installs what a run needs, then trains the digits. Words behind `npm start --` go to `gankit train`.
import { checkNode, install } from './toolchain.js'

checkNode()
install({ tests: false })
process.argv.splice(2, 0, 'train', 'mnist-digits')
await import('../packages/cli/bin/gankit.js')
