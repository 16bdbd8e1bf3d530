// Tests what would be published: builds and packs every package, installs the tarballs into an empty project with npm,
// runs the command there, imports every entry, and checks the types as a user's compiler sees them.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, run } from './toolchain.js'

const folders = ['packages', 'apps'].flatMap(group =>
  readdirSync(join(root, group)).map(name => join(group, name)),
)
const manifests = folders.map(folder => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')))
const published = folders.filter((_, index) => !manifests[index].private)
const project = mkdtempSync(join(tmpdir(), 'gankit-packages-'))

function step(name, ok) {
  console.log(`${ok ? '✓' : '✗'} ${name}`)
  if (!ok) process.exitCode = 1
  return ok
}
const inProject = (command, words) =>
  spawnSync(command, words, { cwd: project, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' })

try {
  step('build', run('turbo', ['run', 'build', '--output-logs=errors-only']) === 0)
  for (const folder of published)
    step(
      `pack ${folder}`,
      run('pnpm', ['--dir', folder, '--silent', 'pack', '--pack-destination', project]) === 0,
    )
  const tarballs = readdirSync(project).filter(name => name.endsWith('.tgz'))
  for (const tarball of tarballs)
    step(`publint ${tarball}`, run('publint', ['run', join(project, tarball), '--strict']) === 0)

  const { '@tensorflow/tfjs': tfjs } = manifests[0].peerDependencies
  const dependencies = { '@tensorflow/tfjs': tfjs }
  for (const [index, folder] of folders.entries()) {
    const { name, version } = manifests[index]
    const tarball = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`
    if (published.includes(folder)) dependencies[name] = `file:${tarball}`
  }
  const overrides = Object.fromEntries(
    Object.entries(dependencies).filter(([name]) => name.startsWith('@gankit/')),
  )
  const manifest = { name: 'a-user', private: true, type: 'module', dependencies, overrides }
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
  step('npm install', inProject('npm', ['install', '--silent']).status === 0)

  // A folder of files that are read, such as a page's, has no names to import: `gankit train` reads them below.
  const entries = folders.flatMap((folder, index) =>
    published.includes(folder)
      ? Object.keys(manifests[index].exports)
          .filter(entry => !entry.endsWith('.json') && !entry.includes('*'))
          .map(entry => `${manifests[index].name}${entry.slice(1)}`)
      : [],
  )
  const imports = entries.map((entry, index) => `import * as entry${index} from '${entry}'`).join('\n')
  const uses = entries.map((_, index) => `entry${index}`).join(', ')
  writeFileSync(
    join(project, 'imports.mjs'),
    `${imports}\nfor (const entry of [${uses}]) if (Object.keys(entry).length === 0) throw new Error('an entry exports nothing')\n`,
  )
  step(`import ${entries.length} entries`, inProject('node', ['imports.mjs']).status === 0)

  writeFileSync(join(project, 'types.ts'), `${imports}\nexport const entries: object[] = [${uses}]\n`)
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: 'nodenext',
    lib: ['es2023', 'dom'],
    types: [],
  }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['types.ts'] }))
  step('types for a user', run('tsc', ['--project', project]) === 0)

  const trained = inProject('npx', [
    'gankit',
    'train',
    'mnist-digits',
    '--steps',
    '2',
    '--batch',
    '8',
    '--json',
  ])
  step('gankit train in an installed project', trained.status === 0 && JSON.parse(trained.stdout).steps === 2)
  const drawn = inProject('npx', ['gankit', 'sample', 'mnist-digits', '--count', '4', '--out', 'digits.png'])
  step('the generator that an app ships draws', drawn.status === 0)
} finally {
  rmSync(project, { recursive: true, force: true })
}
