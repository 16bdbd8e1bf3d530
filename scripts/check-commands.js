// Reads every command that the documentation shows, and refuses those that a machine with Node and npm alone can't run:
// scripts, flags, apps, files and programs that aren't there, and flags that npm would keep for itself.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './toolchain.js'

const read = file => readFileSync(join(root, file), 'utf8')
const foldersIn = group => readdirSync(join(root, group)).map(name => `${group}/${name}`)
const readManifest = folder => JSON.parse(read(`${folder}/package.json`))

const workspace = [...foldersIn('packages'), ...foldersIn('apps'), 'bench', 'examples'].filter(folder =>
  existsSync(join(root, folder, 'package.json')),
)
const manifests = workspace.map(readManifest)
const { scripts } = readManifest('.')
const apps = readdirSync(join(root, 'apps')).filter(name => readManifest(`apps/${name}`).gankit?.app)

/** What may be installed: the packages here, and what they depend on. */
const installable = new Set(
  manifests.flatMap(manifest => [
    manifest.name,
    ...Object.keys({
      ...manifest.dependencies,
      ...manifest.peerDependencies,
      ...manifest.devDependencies,
    }),
  ]),
)

/** Programs that a reader has, or gets by the line before. */
const otherPrograms = new Set(
  'cd git apt-get pip python python3 tensorboard tensorflowjs_converter'.split(' '),
)

/** Why a command can't be run, or nothing. */
function findFault(command) {
  const words = splitWords(command)
  while (/^[A-Z_]+=/.test(words[0])) words.shift()
  const [program, ...rest] = words
  if (program === 'npm') return faultOfNpm(rest)
  if (program === 'npx') return faultOfNpx(rest)
  if (program === 'node')
    return isOwnFile(rest[0]) || existsSync(join(root, rest[0])) ? undefined : `there is no file ${rest[0]}`
  const script = rest.find(word => word.endsWith('.py'))
  if (script && !existsSync(join(root, script))) return `there is no file ${script}`
  return otherPrograms.has(program) ? undefined : `'${program}' is no program that a reader has`
}

/** Words of a shell; brackets mark what may be left out. */
function splitWords(command) {
  return command
    .replace(/[[\]]/g, ' ')
    .match(/"[^"]*"|\S+/g)
    .map(word => word.replaceAll('"', ''))
}

function faultOfNpm([task, ...words]) {
  if (task === 'config') return undefined
  if (task === 'install') {
    const unknown = words.find(
      word => !/^(\.|--)/.test(word) && !installable.has(word.replace(/(?<=.)@.*$/, '')),
    )
    return unknown && `no package here is called ${unknown}, or depends on it`
  }
  const [script, behind] = task === 'run' ? [words[0], words.slice(1)] : [task, words]
  if (!(script in scripts)) return `package.json has no script '${script}'`
  const divider = behind.indexOf('--')
  const kept = behind.slice(0, divider < 0 ? undefined : divider).find(word => word.startsWith('-'))
  if (kept && kept !== '--silent') return `npm keeps ${kept} for itself: write -- before it`
  const given = behind.filter(word => word !== '--')
  if (script === 'test' && given.length > 0) return faultOfTest(given)
  if (script === 'bench') return faultOfBench(given)
  if (script === 'start') return faultOfGankit(['train', 'mnist-digits', ...given])
  if (script === 'example' && !isOwnFile(given[0]) && !existsSync(join(root, given[0])))
    return `there is no file ${given[0]}`
  return undefined
}

/** Files that readers name and write themselves. */
function isOwnFile(name) {
  return /^(-e|digits\.js|file\.ts)$/.test(name)
}

function faultOfTest([folder, filter = '']) {
  if (!workspace.includes(folder)) return `there is no package ${folder}`
  const tests = readdirSync(join(root, folder, 'test'), { recursive: true })
  if (tests.some(file => file.endsWith('.test.ts') && file.includes(filter))) return undefined
  return `${folder} has no test '${filter}'`
}

const benchSource = read('bench/src/main.ts')
function faultOfBench([task, ...flags]) {
  if (!benchSource.includes(`.command('${task}'`)) return `the bench has no '${task}'`
  const unknown = flags.find(word => word.startsWith('--') && !benchSource.includes(`'${word} <`))
  return unknown && `the bench has no ${unknown}`
}

function faultOfNpx(words) {
  const [program, ...rest] = words
  if (program === 'gankit') return faultOfGankit(rest)
  // Anything else npx would offer to install, and wait for an answer.
  return existsSync(join(root, 'node_modules/.bin', program))
    ? undefined
    : `npx would have to install '${program}'`
}

/** Help of the command and of its parts, by their words. */
const helps = new Map()
function readHelp(words) {
  const key = words.join(' ')
  const known = helps.get(key)
  if (known) return known
  const command = ['packages/cli/bin/gankit.js', ...words, '--help']
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' })
  // An unknown command prints the help of all.
  if (status !== 0) throw new Error(`gankit ${key} --help ended with ${status}: ${stderr}`)
  helps.set(key, stdout)
  return stdout
}

/** Commands that begin with an app; `evaluate` takes any folder as well. */
const named = new Set('train sample walk arithmetic export summary'.split(' '))
const isRunOrData = word => /^(runs\/|RUN|MODEL_DIR|PICTURES|APP|my-|.*[:.])/.test(word)

function faultOfGankit(words) {
  const [task, ...rest] = words
  if (task === undefined || task === '--help') return undefined
  const path =
    /^\w/.test(rest[0] ?? '') && readHelp([task]).includes(`\n  ${rest[0]} `) ? [task, rest[0]] : [task]
  const help = readHelp(path)
  if (!help.startsWith(`Usage: gankit ${path.join(' ')}`)) return `gankit has no command '${path.join(' ')}'`
  const flags = new Set(help.match(/--[\w-]+/g))
  const unknown = rest.find(word => word.startsWith('--') && !flags.has(word))
  if (unknown) return `gankit ${path.join(' ')} has no ${unknown}`
  const subject = rest[0]
  if (named.has(task) && subject && !subject.startsWith('-') && !isRunOrData(subject))
    return apps.includes(subject) ? undefined : `there is no app '${subject}'`
  return undefined
}

/** The commands in a page, each with its line: all lines of shell blocks, and code in a line that begins with a program. */
function* listCommands(text) {
  let fence
  for (const [index, line] of text.split('\n').entries()) {
    const [, opened] = /^\s*```(\S*)/.exec(line) ?? []
    if (opened !== undefined) {
      fence = fence === undefined ? opened : undefined
      continue
    }
    if (fence === undefined) {
      for (const [, code] of line.matchAll(/`([^`]+)`/g))
        if (/^([A-Z_]+=\S+ )*(pnpm|npm|npx|node) /.test(code)) yield { command: code, line: index + 1 }
    } else if (fence === 'sh' || (fence === '' && /^([A-Z_]+=\S+ )*(pnpm|npm|npx) /.test(line))) {
      for (const command of line.replace(/(^|\s)#.*/, '').split(' && '))
        if (command.trim()) yield { command: command.trim(), line: index + 1 }
    }
  }
}

const pages = [
  ...['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'examples/README.md', 'examples/README.zh-CN.md'],
  ...readdirSync(join(root, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
  ...workspace.map(folder => `${folder}/README.md`).filter(file => existsSync(join(root, file))),
]
let [count, faults] = [0, 0]
for (const page of new Set(pages))
  for (const { command, line } of listCommands(read(page))) {
    count++
    const fault = findFault(command)
    if (!fault) continue
    faults++
    console.error(`${page}:${line} ${command}: ${fault}`)
  }
console.log(`${count} commands in the documentation, ${faults} of which can't be run`)
process.exitCode = faults > 0 ? 1 : 0
