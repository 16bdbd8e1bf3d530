import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The checkout's own folder. */
export const root = fileURLToPath(new URL('..', import.meta.url))

const { packageManager, engines } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'))

/** Ends with one line when this Node is too old to run anything here. */
export function checkNode() {
  const wanted = engines.node.replace('>=', '')
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number)
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  console.error(
    `gankit needs Node ${wanted} or newer, this is ${process.versions.node}: see https://nodejs.org`,
  )
  process.exit(2)
}

/** Packages that only tests need, with 250 MB of browsers' and compilers' parts behind them. */
const onlyForTests = ['@gankit/conformance', '@gankit/wasm-kernels']

/**
 * Installs what the lock file says, by the pinned pnpm, unless that is what is there. Its output goes to stderr.
 * @param options.tests whether what only tests need is wanted too
 */
export function install({ tests }) {
  const lock = `${root}/pnpm-lock.yaml`
  const everything = `${root}/node_modules/.pnpm/lock.yaml`
  const withoutTests = `${root}/node_modules/.lock-without-tests.yaml`
  const isThere = file => existsSync(file) && readFileSync(file, 'utf8') === readFileSync(lock, 'utf8')
  if (isThere(everything) || (!tests && isThere(withoutTests))) return
  console.error(`Installing packages with ${packageManager} …`)
  const quiet = process.stderr.isTTY ? [] : ['--reporter=append-only']
  const filter = tests ? [] : onlyForTests.map(name => `--filter=!${name}`)
  const { status, error } = spawnSync(
    'npx',
    ['-y', packageManager, 'install', '--frozen-lockfile', ...filter, ...quiet],
    {
      cwd: root,
      stdio: ['ignore', process.stderr, process.stderr],
      shell: process.platform === 'win32',
    },
  )
  if (status === 0) {
    if (!tests) copyFileSync(lock, withoutTests)
    return
  }
  console.error(
    `Could not install packages${error ? ` (${error.message})` : ''}: is the npm registry within reach?`,
  )
  process.exit(1)
}

/** Runs a command of node_modules/.bin from the root, with the pinned pnpm on the path. @returns its exit code */
export function run(command, words) {
  const { status } = spawnSync('npx', ['-y', packageManager, 'exec', command, ...words], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
  })
  return status ?? 1
}
