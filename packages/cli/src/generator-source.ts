import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { GankitError } from '@gankit/core'
import { selectBackend } from '@gankit/runtime/node'
import { loadGenerator, type SavedGenerator } from '@gankit/trainer/node'
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
  return { ...(await loadGenerator(from.folder)), from }
}
