import { existsSync } from 'node:fs'
import { basename, join, normalize, relative } from 'node:path'
import { GankitError } from '@gankit/core'
import { runsFolder } from './layout.ts'
import { findRunFolders, readBeginning } from './read-run.ts'

/** Runs that an error names, at most. */
const maxNamed = 5

/**
 * The folder of a run by what a person calls it: a path; 'latest', which is the newest run in `runs`; or the beginning of
 * the name of one run there, with or without its app: 'mnist-digits/2026-11'. A path that exists goes first.
 * @returns undefined where no run is called that
 * @throws GankitError where several begin so, and for 'latest' where there are no runs
 */
export async function findNamedRun(name: string): Promise<string | undefined> {
  if (existsSync(name)) return name
  const runs = existsSync(runsFolder) ? await findRunFolders(runsFolder) : []
  if (name === 'latest') return findLatest(runs)
  const wanted = stripRunsFolder(normalize(name))
  const named = runs.map(path => ({ path, names: [basename(path), relative(runsFolder, path)] }))
  const whole = named.filter(({ names }) => names.includes(wanted))
  const found =
    whole.length > 0 ? whole : named.filter(({ names }) => names.some(one => one.startsWith(wanted)))
  if (found.length < 2) return found[0]?.path
  const some = found.slice(0, maxNamed).map(({ path }) => path)
  const more = found.length > maxNamed ? ` and ${found.length - maxNamed} more` : ''
  throw new GankitError(
    'experiment',
    'option',
    `'${name}' is the beginning of ${found.length} runs, ${some.join(', ')}${more}, expected one: give more of its name, or 'latest'`,
  )
}

function stripRunsFolder(path: string): string {
  const prefix = join(runsFolder, '/')
  return path.startsWith(prefix) ? path.slice(prefix.length) : path
}

/** @throws GankitError where there is none */
async function findLatest(runs: readonly string[]): Promise<string> {
  const timed = await Promise.all(runs.map(async path => ({ path, when: await readBeginning(path) })))
  // Of two that began in one second, the later name: it ends in -2.
  timed.sort((a, b) => b.when.getTime() - a.when.getTime() || (a.path < b.path ? 1 : -1))
  const [newest] = timed
  if (newest) return newest.path
  throw new GankitError(
    'experiment',
    'option',
    `'latest' is the newest run in the folder ${runsFolder}, and there is none, expected the path of a run: train one, or go to the folder that ${runsFolder} is in`,
  )
}
