// Builds the playground where its sources are newer than its site, and serves it on this machine alone. Words behind
// `npm run playground --` go to `vite preview`: `--port 8000`.
import { buildPlayground } from './build-pages.js'
import { checkNode, install, run } from './toolchain.js'

checkNode()
install({ tests: true })
process.exitCode =
  buildPlayground() ||
  run('vite', ['preview', '--host', '127.0.0.1', ...process.argv.slice(2)], 'apps/playground')
