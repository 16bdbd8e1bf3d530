import { existsSync } from 'node:fs'
import { join } from 'node:path'
// Layers that TensorFlow.js lacks are known to it once their package is loaded.
import '@gankit/layers'
import { GankitError } from '@gankit/core'
import { selectBackend } from '@gankit/runtime/node'
import { loadGenerator, readRunConfig, type SavedGenerator } from '@gankit/trainer/node'
import { hasApp, loadApp } from './installed-apps.ts'

/** Where a generator lies, and whose it is. */
export interface GeneratorSource {
  readonly kind: 'run' | 'model' | 'app'
  /** The folder with its model.json. */
  readonly folder: string
}

export interface SourceOptions {
  /** Of a run the generator of its best step, not of the last. */
  readonly best?: boolean
}

/**
 * Finds the generator that a run, a folder or an app's name stands for; undefined where it stands for none.
 * @throws GankitError for a run without a best generator, and an app that ships none
 */
export async function findGenerator(
  source: string,
  { best = false }: SourceOptions = {},
): Promise<GeneratorSource | undefined> {
  if (existsSync(join(source, 'config.json'))) {
    const folder = join(source, best ? 'best' : 'model')
    if (best && !existsSync(join(folder, 'model.json')))
      throw new GankitError(
        'cli',
        'file',
        `${source} has kept no best generator, expected one in ${folder}: train with --evaluate-every, or leave --best out`,
      )
    return { kind: 'run', folder }
  }
  if (existsSync(join(source, 'model.json'))) return { kind: 'model', folder: source }
  if (existsSync(source) || !hasApp(source)) return undefined
  const { generator } = await loadApp(source)
  if (!generator)
    throw new GankitError('cli', 'option', `${source} ships no generator: train one, and name its run`)
  return { kind: 'app', folder: generator }
}

/** @throws GankitError where there is no generator */
export async function generatorOf(source: string, options: SourceOptions = {}): Promise<GeneratorSource> {
  const found = await findGenerator(source, options)
  if (found) return found
  const what = existsSync(source) ? 'holds neither config.json nor model.json' : 'does not exist'
  throw new GankitError(
    'cli',
    'file',
    `${source} ${what}, expected a run directory, a folder with a model.json, or the name of an app`,
  )
}

/** Starts the fastest backend and opens a generator; the caller disposes of it. @throws GankitError as `generatorOf` does, and where it can't be opened */
export async function openGenerator(
  source: string,
  options: SourceOptions = {},
): Promise<SavedGenerator & { readonly from: GeneratorSource }> {
  const from = await generatorOf(source, options)
  await selectBackend()
  return { ...(await openFound(source, from)), from }
}

/**
 * Opens what was found; the app of a run is loaded before, as its generator may have layers of the app's own.
 * @throws GankitError where it can't be opened
 */
export async function openFound(source: string, { kind, folder }: GeneratorSource): Promise<SavedGenerator> {
  const app = kind === 'run' ? await appNameOf(source) : undefined
  if (app !== undefined && hasApp(app)) await loadApp(app)
  return loadGenerator(folder)
}

/** The app that made a run, where it says so. @throws GankitError where its configuration can't be read */
export async function appNameOf(run: string): Promise<string | undefined> {
  const { app } = (await readRunConfig(run)) as { app?: unknown }
  return typeof app === 'string' ? app : undefined
}
