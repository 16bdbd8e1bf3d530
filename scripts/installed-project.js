import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, run } from './toolchain.js'

/**
 * Builds and packs every package that would be published, and installs the tarballs into an empty project with npm.
 * @param step is told what was done, and whether it worked
 * @returns the project's folder, its tarballs, and the packages with their manifests
 */
export function installedProject(step) {
  const packages = ['packages', 'apps']
    .flatMap(group => readdirSync(join(root, group)).map(name => join(group, name)))
    .map(folder => ({
      folder,
      manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')),
    }))
    .filter(({ manifest }) => !manifest.private)
  const project = mkdtempSync(join(tmpdir(), 'gankit-packages-'))
  step('build', run('turbo', ['run', 'build', '--output-logs=errors-only']) === 0)
  for (const { folder } of packages)
    step(
      `pack ${folder}`,
      run('pnpm', ['--dir', folder, '--silent', 'pack', '--pack-destination', project]) === 0,
    )

  const ours = Object.fromEntries(
    packages.map(({ manifest: { name, version } }) => [
      name,
      `file:${name.replace('@', '').replace('/', '-')}-${version}.tgz`,
    ]),
  )
  const { '@tensorflow/tfjs': tfjs } = packages[0].manifest.peerDependencies
  const manifest = {
    name: 'a-user',
    private: true,
    type: 'module',
    dependencies: { '@tensorflow/tfjs': tfjs, ...ours },
    overrides: ours,
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
  const installed = spawnSync('npm', ['install', '--silent'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  step('npm install', installed.status === 0)
  return { project, packages, tarballs: readdirSync(project).filter(name => name.endsWith('.tgz')) }
}
