import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
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

/**
 * Installs what the lock file says, by the pinned pnpm, unless that is what is there. Its output goes to stderr.
 * @param options.tests whether to install what tests and development need too, which is twice as much again
 */
export function install({ tests }) {
  const lock = `${root}/pnpm-lock.yaml`
  const everything = `${root}/node_modules/.pnpm/lock.yaml`
  const withoutTests = `${root}/node_modules/.lock-without-tests.yaml`
  const isThere = file => existsSync(file) && readFileSync(file, 'utf8') === readFileSync(lock, 'utf8')
  if (isThere(everything) || (!tests && isThere(withoutTests))) return
  // Where tests were installed before, an install without them would take them away.
  const all = tests || (existsSync(everything) && !existsSync(withoutTests))
  console.error(`Installing packages with ${packageManager} …`)
  const quiet = process.stderr.isTTY ? [] : ['--reporter=append-only']
  const { status, error } = spawnSync(
    'npx',
    ['-y', packageManager, 'install', ...fromLock, ...(all ? [] : onlyForRuns), ...quiet],
    {
      cwd: root,
      stdio: ['ignore', process.stderr, process.stderr],
      shell: process.platform === 'win32',
    },
  )
  if (status === 0) {
    if (all) rmSync(withoutTests, { force: true })
    else copyFileSync(lock, withoutTests)
    return
  }
  console.error(
    `Could not install packages${error ? ` (${error.message})` : ''}: is the npm registry within reach?`,
  )
  process.exit(1)
}

// The lock file holds a checksum of every package. pnpm would ask the registry for each one's age too: 475 requests.
// That is for the developer who changes the lock file, whose own `pnpm install` asks.
const fromLock = ['--frozen-lockfile', '--trust-lockfile']

/** The command, the apps, and what those import at run time: the `dependencies` of the package at the root. */
const onlyForRuns = ['--prod', '--filter-prod=gankit-workspace...']

/**
 * Runs a command of node_modules/.bin, with the pinned pnpm on the path.
 * @param folder where, seen from the root
 * @returns its exit code
 */
export function run(command, words, folder = '.') {
  const { status } = spawnSync(...inToolchain(command, words, folder))
  return status ?? 1
}

/** Runs a command as `run` does, and others at the same time. */
export function runBeside(command, words, folder = '.') {
  return new Promise(resolve => {
    spawn(...inToolchain(command, words, folder))
      .on('error', () => resolve(1))
      .on('close', status => resolve(status ?? 1))
  })
}

/** Does a thing for each item of a list, two at a time, in order of the list. */
export async function twoAtATime(items, work) {
  const queue = items.values()
  const takeItems = async () => {
    // Both share one iterator, so each item is taken once.
    for (const item of queue) await work(item)
  }
  await Promise.all([takeItems(), takeItems()])
}

function inToolchain(command, words, folder) {
  const options = {
    cwd: join(root, folder),
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
  }
  return ['npx', ['-y', packageManager, 'exec', command, ...words], options]
}
