// Keeps names in the words of the field: no private words and no British spellings in identifiers, property names and
// names of files. docs/glossary.md says which word is used. Prints each offender with its place, and fails if there is one.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Words that the project once used for something that has a name, and the name. */
const privateWords = {
  'asked for': 'condition, encodeCategories',
  asked: 'condition, requested',
  disturb: 'transform',
  'learn to tell': 'discriminatorUpdate',
  'learn to fool': 'generatorUpdate',
  tell: 'emit, format, describe',
  tells: 'canClassify, describes',
  telling: 'AttributeClassifier',
  told: 'emitted, printed',
  'wants real': 'nextBatches',
  watched: 'scalars',
  watcher: 'Observer',
  retaken: 'replayed',
  falls: 'Rollbacks',
  trouble: 'NonFinite',
  breath: 'yieldEvery',
  rested: 'lastYield',
  symptom: 'Diagnosis',
  'write aside': 'writeFileAtomic',
  'in folder': 'withCreatedFolder',
  'in lanes': 'forEachConcurrent',
  'numbers in': 'sizeOfShape',
  'without traces': 'withoutGlobalSideEffects',
  team: 'ThreadPool',
  hire: 'start',
  dismiss: 'stop',
  'real side': 'ReferenceStatistics',
  'left out': 'skipped',
  'past its best': 'qualityRegressed',
}

/** British spellings, as beginnings of a word, and the American ones that names use. */
const britishSpellings = {
  behaviour: 'behavior',
  catalogue: 'catalog',
  centre: 'center',
  colour: 'color',
  favour: 'favor',
  fibre: 'fiber',
  grey: 'gray',
  honour: 'honor',
  initialis: 'initializ',
  labelled: 'labeled',
  labelling: 'labeling',
  licence: 'license',
  maximis: 'maximiz',
  memoris: 'memoriz',
  metre: 'meter',
  minimis: 'minimiz',
  modelled: 'modeled',
  modelling: 'modeling',
  neighbour: 'neighbor',
  normalis: 'normaliz',
  optimis: 'optimiz',
  organis: 'organiz',
  parametris: 'parametriz',
  randomis: 'randomiz',
  regularis: 'regulariz',
  serialis: 'serializ',
  summaris: 'summariz',
  travelled: 'traveled',
  visualis: 'visualiz',
}

/** Words that only begin as one of those: an optimistic step, and an attribute of HTML. */
const notBritish = ['optimistic', 'labelledby']

/** 'writeFileAtomic', 'write_file' and 'write-file' as words: 'write file atomic'. */
function splitWords(name) {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[^A-Za-z]+/g, ' ')
    .trim()
    .toLowerCase()
}

/** What is wrong with a name, as words, or nothing. */
function findBanned(name) {
  const words = splitWords(name)
  for (const [word, better] of Object.entries(privateWords))
    if (` ${words} `.includes(` ${word} `)) return `'${word}' is no word of the field: ${better}`
  const others = words
    .split(' ')
    .filter(word => !notBritish.includes(word))
    .join(' ')
  for (const [spelling, better] of Object.entries(britishSpellings))
    if (` ${others}`.includes(` ${spelling}`)) return `'${spelling}' is spelled '${better}' in names`
  return undefined
}

/** The sources that are checked: those of packages, apps and the bench, pages, scripts and the examples. */
function listSources() {
  const folders = ['packages', 'apps'].flatMap(group =>
    readdirSync(join(root, group)).flatMap(name =>
      ['src', 'page', 'scripts'].map(folder => join(root, group, name, folder)),
    ),
  )
  return [...folders, join(root, 'bench/src'), join(root, 'scripts'), join(root, 'examples')].flatMap(
    folder => {
      try {
        return readdirSync(folder, { recursive: true })
          .filter(
            file => /\.(tsx?|js)$/.test(file) && !/node_modules|\.data\.ts$|fixtures|\.results/.test(file),
          )
          .map(file => join(folder, file))
          .sort()
      } catch {
        return [] // Few packages have all three.
      }
    },
  )
}

/** Names in a file: identifiers and names of properties in quotation marks, not what comments and strings say. */
function* listNames(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const pending = [source]
  for (let node = pending.pop(); node; node = pending.pop()) {
    const isName = ts.isIdentifier(node) || ts.isPrivateIdentifier(node)
    const isQuoted = ts.isStringLiteral(node) && node.parent.name === node && /^[\w-]+$/.test(node.text)
    if (isName || isQuoted)
      yield { name: node.text, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 }
    node.forEachChild(child => void pending.push(child))
  }
}

const offenders = new Map()
for (const file of listSources()) {
  if (file === fileURLToPath(import.meta.url)) continue
  const path = relative(root, file)
  const names = [{ name: basename(file).replace(/\..*$/, ''), line: 1 }, ...listNames(file)]
  for (const { name, line } of names) {
    const why = findBanned(name)
    if (why && !offenders.has(`${path} ${name}`))
      offenders.set(`${path} ${name}`, `${path}:${line} ${name}: ${why}`)
  }
}
for (const text of offenders.values()) console.error(text)
if (offenders.size > 0)
  console.error(`${offenders.size} names are not in the words of the field; see docs/glossary.md`)
process.exitCode = offenders.size > 0 ? 1 : 0
