import {
  type App,
  mapStreams,
  type PerStream,
  type PlannedData,
  type RunConfig,
  type StreamConfig,
} from '@gankit/experiment'
import { hasApp, loadApp, openApp, readRunConfig } from '@gankit/experiment/node'
import { chooseData } from '../data/choose.ts'
import type { GeneratorSource } from './find.ts'

/** What a generator learned from, as its run or its app says. */
export interface LearnedFrom {
  /** Undefined where the app of a run isn't installed. */
  readonly app?: App
  readonly data: PerStream<PlannedData & Partial<StreamConfig>>
  /** The streams that the generator is given, and whose samples its own should be like. */
  readonly ends: { readonly from?: string; readonly like?: string }
}

/**
 * @param known a run's configuration, where it has been read already
 * @returns undefined for a folder with a model alone
 * @throws GankitError for a run whose configuration can't be read
 */
export async function findLearnedFrom(
  source: string,
  from: GeneratorSource,
  known?: RunConfig,
): Promise<LearnedFrom | undefined> {
  if (from.kind === 'model') return undefined
  const config = known ?? (from.kind === 'run' ? await readRunConfig(source) : undefined)
  if (config && !hasApp(config.app)) return { data: config, ends: {} }
  const app = config ? await loadApp(config.app) : await openApp(source)
  return { app, data: config ?? planAppData(app, from), ends: findEnds(app, from) }
}

function findEnds(app: App, { name }: GeneratorSource): LearnedFrom['ends'] {
  if (!app.streams) return {}
  const { generator, others = {}, ...usual } = app.samples ?? {}
  return name === undefined || name === generator ? usual : (others[name] ?? usual)
}

/** The data that a generator of an app learned from, by stream where there are several. */
function planAppData(app: App, { dataOptions }: GeneratorSource): PerStream<PlannedData> {
  return mapStreams(chooseData(app, {}), (planned, stream) => ({
    ...planned,
    dataOptions: { ...planned.dataOptions, ...(stream !== undefined && dataOptions?.[stream]) },
  }))
}
