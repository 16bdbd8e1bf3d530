import { type Dataset, GankitError } from '@gankit/core'
import { fromArrays } from '@gankit/datasets'
import { decodeImageFiles, openMadeData } from '@gankit/datasets/browser'
import type { DataOptions } from '@gankit/datasets/options'
import type { App, PerStream, PlannedData } from '@gankit/experiment'
import type { ChosenData } from './protocol.ts'
import type { KeptData } from './store.ts'

type Arrays = Parameters<typeof fromArrays>[0]

/** Cartoon faces or birds of a run in a tab unless it names another number: they are drawn when a batch first needs them, and kept in memory. */
export const drawnInTab = 2000

/**
 * The data that a plan names, or those of the app. Pictures of one's own are `folder:NAME`, as in the command.
 * @throws GankitError for a stream that has none of its own where none were chosen
 */
export function planData(app: App, chosen: Readonly<Record<string, ChosenData>>): PerStream<PlannedData> {
  const plan = (name: string, spec: string | undefined, options: DataOptions = {}): PlannedData => {
    const data = chosen[name]
    if (data?.kind === 'files') return { data: `folder:${data.name}`, dataOptions: withoutMade(options) }
    const named = data?.spec ?? spec
    if (named === undefined)
      throw new GankitError(
        'studio',
        'data',
        `${app.name} has no data for ${name}, expected pictures: choose some`,
      )
    return {
      data: named.replace(/^(cartoon|birds)(:\d+)?$/, (match, kind) =>
        data ? match : `${kind}:${drawnInTab}`,
      ),
      dataOptions: options,
    }
  }
  if (!app.streams) return plan('', app.data.default, app.data.options)
  const streams = Object.entries(app.streams)
    .filter(([name, { optional }]) => !optional || chosen[name])
    .map(([name, stream]) => [name, plan(name, stream.default, stream.options)])
  return { streams: Object.fromEntries(streams) }
}

/** Options that pictures in files take. */
function withoutMade({
  drawing: _,
  style: __,
  dataSeed: ___,
  noise: ____,
  colorCast: _____,
  ...options
}: DataOptions): DataOptions {
  return options
}

/** What opening reports to. */
export interface DataReport {
  progress(done: number, total: number): void
  note(line: string): void
}

/** Opens the data of the streams of one run, and remembers pictures of one's own so that the run can go on in another visit. */
export class DataOpener {
  /** Pictures that were decoded, by stream. */
  readonly kept: Record<string, Arrays> = {}
  private readonly chosen: Readonly<Record<string, ChosenData>>
  private readonly report: DataReport

  constructor(
    chosen: Readonly<Record<string, ChosenData>>,
    before: KeptData | undefined,
    report: DataReport,
  ) {
    this.chosen = chosen
    this.report = report
    Object.assign(this.kept, before)
  }

  async open(spec: string, options: DataOptions, stream = ''): Promise<Dataset> {
    const kept = this.kept[stream]
    if (kept) return fromArrays(kept)
    const data = this.chosen[stream]
    if (data?.kind !== 'files') return openMadeData(spec, options)
    const arrays = await decodeImageFiles(data.files, {
      ...options,
      onNote: line => this.report.note(line),
      onProgress: ({ done, total }) => this.report.progress(done, total),
    })
    const { skipped = [] } = arrays
    if (skipped[0])
      this.report.note(
        `${skipped.length} files skipped, the first one because ${skipped[0].name} ${skipped[0].why}`,
      )
    this.kept[stream] = arrays
    return fromArrays(arrays)
  }
}
