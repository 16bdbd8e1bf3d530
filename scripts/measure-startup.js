// Measures how long the command takes to start: of this checkout, and with `--installed` of its packages as they would be
// published; and with `--install` how long `npm start` takes to install from nothing, and how much.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installedProject } from './installed-project.js'
import { root } from './toolchain.js'

const [repeats, scratch] = [9, mkdtempSync(join(tmpdir(), 'gankit-startup-'))]
const tasks = {
  '--help': ['--help'],
  'sample face-generation': ['sample', 'face-generation', '--out', join(scratch, 'faces.png')],
  'sample mnist-digits': ['sample', 'mnist-digits', '--out', join(scratch, 'digits.png')],
}

/** Milliseconds that each run of a program took, the quickest first. @throws Error where one fails */
function times(program, words, cwd) {
  return Array.from({ length: repeats }, () => {
    const start = performance.now()
    const { status, stderr } = spawnSync(program, words, { cwd, encoding: 'utf8' })
    if (status !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${status}: ${stderr}`)
    return performance.now() - start
  }).sort((a, b) => a - b)
}

function print(what, sorted) {
  const [best, median] = [sorted[0], sorted[sorted.length >> 1]].map(ms => ms.toFixed(0).padStart(6))
  console.log(`${what.padEnd(42)}${median} ms, best ${best}`)
}

function measureCommand(where, bin, cwd) {
  spawnSync(process.execPath, [bin, '--version'], { cwd }) // A checkout's is compiled by the first.
  for (const [task, words] of Object.entries(tasks))
    print(`${where}: ${task}`, times(process.execPath, [bin, ...words], cwd))
}

/** Clones the last commit, and runs `npm start` for two steps with caches of its own, which are empty. */
function measureInstall() {
  const clone = join(scratch, 'clone')
  spawnSync('git', ['clone', '--quiet', root, clone], { stdio: 'inherit' })
  const own = name => join(scratch, name)
  const env = {
    ...process.env,
    npm_config_cache: own('npm'),
    PNPM_HOME: own('pnpm'),
    XDG_DATA_HOME: own('data'),
    XDG_CACHE_HOME: own('cache'),
    XDG_STATE_HOME: own('state'),
  }
  const start = performance.now()
  const { status } = spawnSync('npm', ['start', '--', '--steps', '2'], { cwd: clone, env, stdio: 'ignore' })
  const seconds = (performance.now() - start) / 1000
  const size = spawnSync('du', ['-sm', join(clone, 'node_modules')], { encoding: 'utf8' }).stdout.split(
    '\t',
  )[0]
  console.log(
    `npm start -- --steps 2, from nothing: ${seconds.toFixed(1)} s, ${size} MB, exit code ${status}`,
  )
}

try {
  print('node -e 0', times(process.execPath, ['-e', '0'], scratch))
  measureCommand('checkout', join(root, 'packages/cli/bin/gankit.js'), scratch)
  if (process.argv.includes('--installed')) {
    const { project } = installedProject((name, ok) => ok || console.error(`✗ ${name}`))
    measureCommand('installed', join(project, 'node_modules/@gankit/cli/bin/gankit.js'), project)
    rmSync(project, { recursive: true, force: true })
  }
  if (process.argv.includes('--install')) measureInstall()
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
