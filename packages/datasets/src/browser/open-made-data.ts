import { type Dataset, GankitError } from '@gankit/core'
import { parseBirdOptions } from '../birds/bird-options.ts'
import { birds } from '../birds/birds.ts'
import { captionDrawings } from '../captions/caption-drawings.ts'
import { cartoonFaces } from '../cartoon/cartoon-faces.ts'
import { parseFaceOptions } from '../cartoon/face-options.ts'
import { distributionKinds } from '../distributions/kinds.ts'
import { toDrawnOptions } from '../drawn/drawn-options.ts'
import type { RendererBinary } from '../drawn/renderer.ts'
import { mnist } from '../mnist.ts'
import type { DataOptions } from '../options.ts'

/** Where a page has what data are made with. */
export interface OpenMadeDataOptions {
  /** `index_bg.wasm` of @resvg/resvg-wasm, for drawings. Default: the place where a bundler puts it. */
  readonly wasm?: RendererBinary
}

type Open = (count: string, options: DataOptions, from: OpenMadeDataOptions) => Promise<Dataset>

const kinds: Readonly<Record<string, Open>> = {
  embedded: () => mnist(),
  cartoon(count, { captions, ...options }, from) {
    const drawn = toDrawnOptions(count, options)
    const set = { subject: 'faces', settings: parseFaceOptions(drawn) } as const
    return captionDrawings(captions, set, () => cartoonFaces({ ...drawn, ...from }))
  },
  birds(count, { captions, ...options }, from) {
    const drawn = toDrawnOptions(count, options)
    const set = { subject: 'birds', settings: parseBirdOptions(drawn) } as const
    return captionDrawings(captions, set, () => birds({ ...drawn, ...from }))
  },
  ...Object.fromEntries(Object.entries(distributionKinds).map(([name, { open }]) => [name, open])),
}

/**
 * Opens data that take no files, in a page or a worker: the specs of `openDataset` of @gankit/datasets/node that name them,
 * 'embedded', 'cartoon:2000', 'birds', 'ring'. Sample n is the same in both.
 * @throws GankitError for a spec that names other data, and for what that kind of data refuses
 */
export async function openMadeData(
  spec: string,
  options: DataOptions = {},
  from: OpenMadeDataOptions = {},
): Promise<Dataset> {
  const [, kind = '', count = ''] = /^([a-z]+)(?::([1-9]\d{0,8}))?$/.exec(spec) ?? []
  const open = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  if (open && !(kind === 'embedded' && count)) return open(count, options, from)
  throw new GankitError(
    'datasets',
    'option',
    `data is '${spec}', expected one of ${Object.keys(kinds).join(', ')}, with :COUNT behind all but embedded: pictures of one's own are opened by imageFiles`,
    { option: 'data' },
  )
}
