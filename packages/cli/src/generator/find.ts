import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
// Layers that TensorFlow.js lacks are registered once their package is loaded.
import '@gankit/layers'
import { GankitError } from '@gankit/core'
import type { App, ShippedGenerator } from '@gankit/experiment'
import {
  checkNoLinks,
  hasApp,
  isAppFolder,
  loadApp,
  openApp,
  readRun,
  runFiles,
} from '@gankit/experiment/node'
import type { SavedGenerator } from '@gankit/inference'
import { openGenerator } from '@gankit/inference/node'
import { selectBackend } from '@gankit/runtime/node'
import { resolveSource } from './named.ts'

/** Where a generator is, and whose it is. */
export interface GeneratorSource {
  readonly kind: 'run' | 'model' | 'app'
  /** The folder with its model.json. */
  readonly folder: string
  /** Its name among several. */
  readonly name?: string
  /** Of an app's: the options of its streams' data that aren't the usual ones. */
  readonly dataOptions?: ShippedGenerator['dataOptions']
}

/** Options of `findGenerator`. */
export interface SourceOptions {
  /** Of a run the best generator in place of the last one. */
  readonly best?: boolean
  /** The name of one of several generators. */
  readonly generator?: string
}

/**
 * Finds the generator that a run, a folder or an app's name stands for; undefined where it stands for none.
 * @throws GankitError for a run without a best generator, and an app that ships none
 */
export async function findGenerator(
  source: string,
  { best = false, generator: wanted }: SourceOptions = {},
): Promise<GeneratorSource | undefined> {
  const files = runFiles(source)
  if (existsSync(files.config)) {
    // What a link leads to isn't the run's.
    await checkNoLinks(source)
    return {
      kind: 'run',
      folder: findInRun(source, best, wanted),
      ...(wanted !== undefined && { name: wanted }),
    }
  }
  if (best && (existsSync(join(source, 'model.json')) || hasApp(source) || isAppFolder(source)))
    throw new GankitError(
      'cli',
      'option',
      `--best is given, and ${source} is no run, expected one that was trained with --evaluate-every: leave it out`,
    )
  if (existsSync(join(source, 'model.json'))) {
    if (wanted !== undefined) throw onlyOne(source, wanted)
    return { kind: 'model', folder: source }
  }
  if (existsSync(source) ? !isAppFolder(source) : !hasApp(source)) return undefined
  const app = await openApp(source)
  if (wanted !== undefined && wanted !== nameUsual(app))
    return { kind: 'app', name: wanted, ...chooseOther(source, app, wanted) }
  if (!app.generator)
    throw new GankitError('cli', 'option', `${source} ships no generator: train one, and name its run`)
  return { kind: 'app', folder: app.generator }
}

/** One of an app's generators beside its usual one, which may have a name too. @throws GankitError for a name that none has */
function chooseOther(source: string, app: App, wanted: string): ShippedGenerator {
  const { generators = {} } = app
  const others = Object.keys(generators)
  if (others.length === 0) throw onlyOne(source, wanted)
  if (others.includes(wanted)) return generators[wanted]!
  const usual = nameUsual(app)
  const names = [...(usual === undefined ? [] : [usual]), ...others].join(', ')
  const orNone = usual === undefined ? ': leave it out for the usual one' : ''
  throw new GankitError(
    'cli',
    'option',
    `--generator of ${source} is '${wanted}', expected one of: ${names}${orNone}`,
  )
}

/** The name of the generator that an app ships for its samples, where it has one. */
function nameUsual(app: App): string | undefined {
  return app.streams && app.samples?.generator
}

/** The folder of a run's generator. @throws GankitError where there is none, or where several are to choose from */
function findInRun(run: string, best: boolean, wanted: string | undefined): string {
  const folder = best ? runFiles(run).best() : runFiles(run).model()
  const isOnly = existsSync(join(folder, 'model.json'))
  if (isOnly && wanted !== undefined) throw onlyOne(run, wanted)
  if (isOnly) return folder
  const names = existsSync(folder) ? readdirSync(folder).filter(name => !name.startsWith('.')) : []
  if (wanted !== undefined && names.includes(wanted)) return join(folder, wanted)
  if (names.length > 0)
    throw new GankitError(
      'cli',
      'option',
      `${run} has several generators${wanted === undefined ? '' : `, and none is named '${wanted}'`}, expected --generator with one of: ${names.join(', ')}`,
    )
  if (best)
    throw new GankitError(
      'cli',
      'file',
      `${run} has kept no best generator, expected one in ${folder}: train with --evaluate-every, or leave --best out`,
    )
  return folder
}

function onlyOne(source: string, wanted: string): GankitError {
  return new GankitError(
    'cli',
    'option',
    `--generator is '${wanted}', and ${source} has one generator: leave it out`,
  )
}

/** @throws GankitError where there is no generator */
async function requireGenerator(source: string, options: SourceOptions): Promise<GeneratorSource> {
  const generator = await findGenerator(source, options)
  if (generator) return generator
  const found = statSync(source, { throwIfNoEntry: false })
  const what = !found
    ? 'does not exist'
    : found.isFile()
      ? 'is a file'
      : 'holds neither config.json nor model.json'
  const isBesideModel = found?.isFile() && existsSync(join(dirname(source), 'model.json'))
  throw new GankitError(
    'cli',
    'file',
    `${source} ${what}, expected a run or the beginning of its name, a folder with a model.json, or the name of an app${isBesideModel ? `: give its folder, ${dirname(source)}` : ''}`,
  )
}

/** A generator, and where it was found. */
export interface OpenedGenerator {
  /** What its name turned out to be: a path, or an app's name. */
  readonly source: string
  readonly generator: SavedGenerator
  readonly from: GeneratorSource
}

/** Starts the fastest backend and opens a generator, which the caller disposes of. @throws GankitError where there is none */
export async function openSource(name: string, options: SourceOptions = {}): Promise<OpenedGenerator> {
  const source = await resolveSource(name)
  const from = await requireGenerator(source, options)
  await selectBackend()
  return { source, generator: await openFound(source, from), from }
}

/**
 * The same for all generators of an app, its usual one first, where none is named; of anything else there is one.
 * @throws GankitError where there is none
 */
export async function openSources(name: string, options: SourceOptions = {}): Promise<OpenedGenerator[]> {
  const source = await resolveSource(name)
  const from = await requireGenerator(source, options)
  const all = from.kind === 'app' && from.name === undefined ? await listShipped(source, from) : [from]
  await selectBackend()
  const opened: OpenedGenerator[] = []
  for (const each of all) opened.push({ source, generator: await openFound(source, each), from: each })
  return opened
}

/** All generators of an app. The usual one has a name where it is among those that have one. */
async function listShipped(source: string, usual: GeneratorSource): Promise<GeneratorSource[]> {
  const { generators = {} } = await openApp(source)
  const named = Object.entries(generators).map(
    ([name, shipped]): GeneratorSource => ({ kind: 'app', name, ...shipped }),
  )
  const isUsual = ({ folder }: GeneratorSource) => folder === usual.folder
  return [named.find(isUsual) ?? usual, ...named.filter(each => !isUsual(each))]
}

/**
 * Opens a generator that was found. The app of a run is loaded first, because the generator may have layers of the app.
 * @throws GankitError where it can't be opened
 */
export async function openFound(source: string, { kind, folder }: GeneratorSource): Promise<SavedGenerator> {
  if (kind === 'run') {
    const { app } = await readRun(source)
    if (hasApp(app)) await loadApp(app)
  }
  return openGenerator(folder)
}
