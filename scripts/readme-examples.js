// Checks the examples of READMEs in a project that has the packages as they would be published.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { root, run, twoAtATime } from './toolchain.js'

/** What TensorFlow.js prints where nothing has chosen a backend. */
const banner = 'looks like you are running TensorFlow.js in Node.js'

/**
 * Type-checks every example of these READMEs as a user's compiler does, and runs those marked `ts`: the first of a README as
 * it stands, the others on the backend that the first has chosen. No example may import what the README doesn't say to
 * install, nor end in TensorFlow.js's banner.
 */
export async function checkExamples(project, readmes, step) {
  const examples = readmes.flatMap(readExamples)
  for (const { what, missing } of examples)
    step(
      `${what} imports what it installs${missing.map(one => `, but for ${one}`).join('')}`,
      missing.length === 0,
    )
  mkdirSync(join(project, 'readmes'))
  checkTypes(project, examples, step)
  await runExamples(project, examples, step)
}

function readExamples(readme) {
  const text = readFileSync(join(root, readme), 'utf8')
  const installed = listInstalled(text)
  return [...text.matchAll(/^```(ts|typescript)\n(.*?)^```$/gms)].map(([, language, code], index) => ({
    what: `${readme} example ${index + 1}`,
    name: `${readme.replaceAll(/\W/g, '-')}-${index + 1}`,
    code,
    runs: language === 'ts',
    isFirst: index === 0,
    missing: listImports(code).filter(imported => !installed.has(imported)),
  }))
}

function checkTypes(project, examples, step) {
  const files = examples.map(({ name, code }) => {
    // An example without exports would share its names with the others.
    writeFileSync(join(project, 'readmes', `${name}.ts`), `${code}\nexport {}\n`)
    return `readmes/${name}.ts`
  })
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: ['node'],
    typeRoots: [join(root, 'packages/cli/node_modules/@types')],
  }
  const config = join(project, 'tsconfig.readmes.json')
  writeFileSync(config, JSON.stringify({ compilerOptions, files }))
  step(`types of ${files.length} examples`, run('tsc', ['--project', config]) === 0)
}

async function runExamples(project, examples, step) {
  const selected = join(project, 'readmes/selected-backend.mjs')
  writeFileSync(selected, "await (await import('@gankit/runtime/node')).selectBackend()\n")
  await twoAtATime(
    examples.filter(({ runs }) => runs),
    async ({ what, name, code, isFirst }) => {
      const script = join(project, 'readmes', `${name}.mjs`)
      writeFileSync(script, transformSync(code, { loader: 'ts', format: 'esm', target: 'node20' }).code)
      const words = isFirst ? [script] : ['--import', selected, script]
      const { status, printed } = await runProgram(words, project)
      if (!step(`${what} runs`, status === 0)) console.error(printed)
      step(`${what} is spared TensorFlow.js's banner`, !printed.includes(banner))
    },
  )
}

/** Runs a program of Node in a folder. @returns its exit code, and all that it printed */
function runProgram(words, cwd) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', text => {
        printed += text
      })
    child.on('error', error => resolve({ status: 1, printed: error.message }))
    child.on('close', status => resolve({ status, printed }))
  })
}

/** The packages that a README says to install, in blocks and in sentences. */
function listInstalled(text) {
  const commands = text.match(/npm install [^\n`;]+/g) ?? []
  return new Set(commands.flatMap(command => command.split(' ').slice(2)))
}

/** The packages that a program imports. */
function listImports(code) {
  const specifiers = [...code.matchAll(/^(?:import|\}) .*?from '([^'.][^']*)'$|^import '([^']+)'$/gm)].map(
    ([, from, bare]) => from ?? bare,
  )
  return specifiers.filter(name => !name.startsWith('node:')).map(name => name.match(/^(@[^/]+\/)?[^/]+/)[0])
}

/** Makes the app of the command's README as a reader would, and trains it. */
export function checkOwnApp(project, step) {
  const text = readFileSync(join(root, 'packages/cli/README.md'), 'utf8')
  const [, manifest] = /^```json\n(.*?)^```$/ms.exec(text)
  const [, code] = /^```ts\n(.*?)^```$/ms.exec(text)
  const { name } = JSON.parse(manifest)
  mkdirSync(join(project, name))
  writeFileSync(join(project, name, 'package.json'), manifest)
  writeFileSync(join(project, name, 'app.js'), code)
  const inProject = (...words) =>
    spawnSync(words[0], words.slice(1), {
      cwd: project,
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
    })
  step(`npm install ./${name}`, inProject('npm', 'install', '--silent', `./${name}`).status === 0)
  const short = ['--steps', '2', '--batch', '8', '--json']
  const { status, stdout } = inProject('npx', 'gankit', 'train', name, ...short)
  step(`gankit train ${name}`, status === 0 && JSON.parse(stdout).app === name)
}
