import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach } from 'vitest'

const apps = join(import.meta.dirname, 'apps')
const shipped = join(import.meta.dirname, '../../../apps')

/**
 * Gives each test of a file an empty folder to work in, or all of them the same one, in a project that has installed the
 * apps beside this file and those of gankit.
 */
export function useProject(folders: 'each' | 'shared' = 'each'): void {
  const before = process.cwd()
  const project = realpathSync(mkdtempSync(join(tmpdir(), 'gankit-project-')))
  const dependencies: Record<string, string> = {}
  for (const app of readdirSync(apps)) {
    const { name } = JSON.parse(readFileSync(join(apps, app, 'package.json'), 'utf8'))
    dependencies[name] = '*'
    const link = join(project, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(apps, app), link)
  }
  for (const app of readdirSync(shipped)) {
    // The playground stands in apps too, and is a page.
    const { gankit } = JSON.parse(readFileSync(join(shipped, app, 'package.json'), 'utf8'))
    if (!gankit?.app) continue
    dependencies[`@gankit/${app}`] = '*'
    installShipped(app, join(project, 'node_modules/@gankit', app))
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify({ dependencies }))
  const enter = () => process.chdir(mkdtempSync(join(project, 'test-')))
  if (folders === 'each') beforeEach(enter)
  else beforeAll(enter)
  afterAll(() => {
    process.chdir(before)
    rmSync(project, { recursive: true, force: true })
  })
}

/** A package that stands for the source of an app: of packages with one name the nearest counts, and nothing is built here. */
function installShipped(app: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  symlinkSync(join(shipped, app, 'src/index.ts'), join(folder, 'index.ts'))
  const manifest = { name: `@gankit/${app}`, exports: './index.ts', gankit: { app: true } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
}
