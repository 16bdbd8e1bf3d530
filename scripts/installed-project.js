import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, run } from './toolchain.js'

/** Where a project keeps the packages, so that it can be moved, and installed again without the checkout. */
const tarballFolder = 'gankit-packages'

/**
 * Builds and packs every package that would be published, and installs the tarballs into an empty project with npm.
 * @param step is told what was done, and whether it worked
 * @returns the project's folder, its tarballs, and the packages with their manifests
 */
export function installedProject(step) {
  const project = mkdtempSync(join(tmpdir(), 'gankit-packages-'))
  return { project, ...installPackages(project, step) }
}

/**
 * The same for a project that may be there already; one that isn't is created.
 * @returns the tarballs, seen from the project, and the packages
 */
export function installPackages(project, step) {
  const packages = readPackages()
  const manifest = join(project, 'package.json')
  mkdirSync(project, { recursive: true })
  if (!existsSync(manifest)) writeFileSync(manifest, '{\n  "private": true,\n  "type": "module"\n}\n')
  const destination = join(project, tarballFolder)
  rmSync(destination, { recursive: true, force: true })
  mkdirSync(destination)
  step('build', run('turbo', ['run', 'build', '--output-logs=errors-only']) === 0)
  const filters = packages.map(({ manifest: { name } }) => `--filter=${name}`)
  const pack = ['--recursive', ...filters, '--silent', 'pack', '--pack-destination', destination]
  step(`pack ${packages.length} packages`, run('pnpm', pack) === 0)
  const tarballs = readdirSync(destination).map(name => `${tarballFolder}/${name}`)
  const { '@tensorflow/tfjs': tfjs } = packages[0].manifest.peerDependencies
  // All at once: none of them names another one's version that the registry would have to know.
  const names = [...tarballs.map(name => `./${name}`), `@tensorflow/tfjs@${tfjs}`]
  const installed = spawnSync('npm', ['install', '--silent', '--no-audit', '--no-fund', ...names], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  })
  step('npm install', installed.status === 0)
  return { tarballs, packages }
}

function readPackages() {
  return ['packages', 'apps']
    .flatMap(group => readdirSync(join(root, group)).map(name => join(group, name)))
    .map(folder => ({
      folder,
      manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')),
    }))
    .filter(({ manifest }) => !manifest.private)
}
