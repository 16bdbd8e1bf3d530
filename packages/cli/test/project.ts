import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach } from 'vitest'

const apps = join(import.meta.dirname, 'apps')

/**
 * Gives each test of a file an empty folder to work in, beside a node_modules with the apps of this folder: the nearest
 * package of a name counts, so that `mnist-digits` stands for its source and not for what was built of it.
 */
export function useProject(): void {
  const before = process.cwd()
  const project = mkdtempSync(join(tmpdir(), 'gankit-project-'))
  for (const name of readdirSync(apps)) {
    const scope = join(project, 'node_modules', name === 'mnist-digits' ? '@gankit' : '@somebody')
    mkdirSync(scope, { recursive: true })
    symlinkSync(join(apps, name), join(scope, name))
  }
  beforeEach(() => process.chdir(mkdtempSync(join(project, 'test-'))))
  afterAll(() => {
    process.chdir(before)
    rmSync(project, { recursive: true, force: true })
  })
}
