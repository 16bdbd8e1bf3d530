import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

// Code is taken from where the command is installed, and from the project in which it was called, as far as that names the
// package. What merely lies in a folder, or came with a run that somebody sent, is data.

/** A folder that packages are taken from: its node_modules, and those of the folders above it. */
export interface Project {
  readonly folder: string
  /** The packages that its package.json names; undefined for the place of the command itself, which has all of its own. */
  readonly names?: ReadonlySet<string>
}

/**
 * Where packages are looked for, the nearest first: the projects around the working folder, then around gankit.
 * @param installed a file of the package that asks, or of one that was installed beside it
 */
export function listProjects(installed: string, workingFolder: string = process.cwd()): Project[] {
  const projects: Project[] = []
  for (const folder of foldersAbove(workingFolder)) {
    // A project holds its runs; nothing inside one is a project.
    if (holdsRun(folder)) projects.length = 0
    else if (!isShared(folder)) {
      const names = readDependencies(join(folder, 'package.json'))
      if (names) projects.push({ folder, names })
    }
  }
  return [...projects, { folder: dirname(installed) }]
}

/** The folder of a package, where one of the projects has it installed. */
export function findPackage(name: string, projects: readonly Project[]): string | undefined {
  for (const { folder, names } of projects) {
    if (names && !names.has(name)) continue
    const found = nodeModules(folder)
      .map(modules => join(modules, name))
      .find(place => existsSync(join(place, 'package.json')))
    if (found) return found
  }
  return undefined
}

/** The names of all packages that a project may use, of those in its own node_modules and above. */
export function listPackages({ folder, names }: Project): string[] {
  if (names) return [...names]
  return nodeModules(folder).flatMap(modules =>
    listFolder(modules).flatMap(name =>
      name.startsWith('@') ? listFolder(join(modules, name)).map(inScope => `${name}/${inScope}`) : [name],
    ),
  )
}

/** The node_modules that Node looks into from a folder, but for those in folders that anybody may write to. */
function nodeModules(folder: string): string[] {
  return foldersAbove(folder)
    .filter(above => !isShared(above))
    .map(above => join(above, 'node_modules'))
}

function foldersAbove(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...foldersAbove(above)]
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder).filter(name => !name.startsWith('.'))
  } catch {
    return []
  }
}

/** Whether a folder is that of a run or of a generator. */
function holdsRun(folder: string): boolean {
  const has = (name: string) => existsSync(join(folder, name))
  return (
    has('model.json') || (has('config.json') && ['events.jsonl', 'samples', 'checkpoints', 'model'].some(has))
  )
}

/** Whether anybody may put files into a folder, as into /tmp. */
function isShared(folder: string): boolean {
  if (process.platform === 'win32') return false
  const found = statSync(folder, { throwIfNoEntry: false })
  return found !== undefined && (found.mode & 0o002) !== 0
}

/** The packages that a package.json names; undefined where there is none. */
function readDependencies(path: string): Set<string> | undefined {
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    const groups = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
    return new Set(groups.flatMap(group => Object.keys(manifest[group] ?? {})).filter(isPackageName))
  } catch {
    return undefined
  }
}

/** No name leads out of node_modules. */
function isPackageName(name: string): boolean {
  return /^(@[\w.-]+\/)?[\w-][\w.-]*$/.test(name)
}
