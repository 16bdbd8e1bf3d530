// Builds the playground where its sources are newer than its site, and serves it on this machine alone. Words behind
// `npm run playground --` go to `vite preview`: `--port 8000`.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { checkNode, install, root, run } from './toolchain.js'

checkNode()
install({ tests: true })

const folder = 'apps/playground'
const site = join(root, folder, 'dist/index.html')
/** What the site is made of: the page itself, and the packages that train in it. */
const sources = [
  join(root, folder, 'index.html'),
  join(root, folder, 'vite.config.ts'),
  join(root, folder, 'src'),
  ...readdirSync(join(root, 'packages')).map(name => join(root, 'packages', name, 'src')),
  join(root, 'pnpm-lock.yaml'),
]

/** When a file, or the last one changed in a folder, was changed. */
function changedAt(path) {
  if (!existsSync(path)) return 0
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  const files = readdirSync(path, { recursive: true }).map(file => statSync(join(path, file)).mtimeMs)
  return Math.max(mtimeMs, ...files)
}

const isBuilt = existsSync(site) && sources.every(source => changedAt(source) <= statSync(site).mtimeMs)
const status = isBuilt ? 0 : run('vite', ['build', '--logLevel', 'warn'], folder)
process.exitCode =
  status === 0 ? run('vite', ['preview', '--host', '127.0.0.1', ...process.argv.slice(2)], folder) : status
