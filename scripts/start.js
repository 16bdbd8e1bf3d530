// The main job: installs what a run needs, then trains the digits. Words behind `npm start --` go to `gankit train`.
import { buildWatchPage } from './build-pages.js'
import { checkNode, install } from './toolchain.js'

checkNode()
const hasPage = process.argv.includes('--watch')
install({ tests: hasPage })
// The page is there for who wants to see it; without it training goes on.
if (hasPage) buildWatchPage()
process.argv.splice(2, 0, 'train', 'mnist-digits')
await import('../packages/cli/bin/gankit.js')
