import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach } from 'vitest'

const apps = join(import.meta.dirname, 'apps')

/**
 * Gives each test of a file an empty folder to work in, or all of them the same one, beside a node_modules with the apps of this folder: the nearest
 * package of a name counts, so that `mnist-digits` stands for its source and not for what was built of it.
 */
export function useProject(folders: 'each' | 'shared' = 'each'): void {
  const before = process.cwd()
  const project = mkdtempSync(join(tmpdir(), 'gankit-project-'))
  for (const app of readdirSync(apps)) {
    const { name } = JSON.parse(readFileSync(join(apps, app, 'package.json'), 'utf8'))
    const link = join(project, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(apps, app), link)
  }
  const enter = () => process.chdir(mkdtempSync(join(project, 'test-')))
  if (folders === 'each') beforeEach(enter)
  else beforeAll(enter)
  afterAll(() => {
    process.chdir(before)
    rmSync(project, { recursive: true, force: true })
  })
}
