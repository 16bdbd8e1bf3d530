// Builds all pages as one site of static files, `site/`, which any host serves from any path, and the page of `gankit watch`.
// With `--serve`, serves the site on this machine alone; what is behind goes to `vite preview`: `--port 8000`.
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildPlayground, buildStudio, buildWatchPage } from './build-pages.js'
import { writeOfflineWorker } from './offline-worker.js'
import { checkNode, install, root, run } from './toolchain.js'

checkNode()
install({ tests: true })
const [serve, ...words] = process.argv.slice(2)
process.exitCode = buildPlayground() || buildStudio() || buildWatchPage()
if (process.exitCode === 0) {
  const site = join(root, 'site')
  rmSync(site, { recursive: true, force: true })
  cpSync(join(root, 'packages/studio/dist'), site, { recursive: true })
  // It shows a run that a server has; a static host has none.
  rmSync(join(site, 'watch.html'))
  cpSync(join(root, 'apps/playground/dist'), join(site, 'playground'), { recursive: true })
  const { files, bytes } = writeOfflineWorker(site)
  console.log(
    `site/: ${files} files, ${(bytes / 1e6).toFixed(1)} MB; serve it from any path, or: npm run pages -- --serve`,
  )
  if (serve === '--serve')
    process.exitCode = run(
      'vite',
      ['preview', '--host', '127.0.0.1', '--outDir', '../../site', ...words],
      'packages/studio',
    )
}
