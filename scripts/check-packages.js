// Tests what would be published: builds and packs every package, installs the tarballs into an empty project with npm,
// runs the command there, imports every entry, checks the types as a user's compiler sees them, and runs READMEs' examples.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { installedProject } from './installed-project.js'
import { checkExamples, checkOwnApp } from './readme-examples.js'
import { run } from './toolchain.js'

function step(name, ok) {
  console.log(`${ok ? '✓' : '✗'} ${name}`)
  if (!ok) process.exitCode = 1
  return ok
}
const { project, packages, tarballs } = installedProject(step)
const inProject = (command, words) =>
  spawnSync(command, words, { cwd: project, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' })

try {
  for (const tarball of tarballs) {
    const bytes = readFileSync(join(project, tarball))
    const archive = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
    const { messages, pkg } = await publint({ pack: { tarball: archive }, strict: true })
    for (const message of messages) console.log(formatMessage(message, pkg))
    step(`publint ${tarball}`, !messages.some(({ type }) => type === 'error'))
  }

  // A folder of files that are read, such as a page's, has no names to import: `gankit train` reads them below.
  const entries = packages.flatMap(({ manifest: { name, exports } }) =>
    Object.keys(exports)
      .filter(entry => !entry.endsWith('.json') && !entry.includes('*'))
      .map(entry => `${name}${entry.slice(1)}`),
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

  const readmes = ['README.md', ...packages.map(({ folder }) => join(folder, 'README.md'))]
  await checkExamples(project, readmes, step)
  checkOwnApp(project, step)
} finally {
  rmSync(project, { recursive: true, force: true })
}
