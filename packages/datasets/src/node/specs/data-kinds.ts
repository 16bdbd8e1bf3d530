import type { Dataset } from '@gankit/core'
import { parseBirdOptions } from '../../birds/bird-options.ts'
import { captionDrawings } from '../../captions/caption-drawings.ts'
import { parseFaceOptions } from '../../cartoon/face-options.ts'
import { distributionDataset } from '../../distributions/distribution-dataset.ts'
import { distributionKinds } from '../../distributions/kinds.ts'
import { toDrawnOptions } from '../../drawn/drawn-options.ts'
import type { DrawnSet } from '../../drawn/drawn-set.ts'
import { openInMemory } from '../../drawn/open-in-memory.ts'
import { mnist } from '../../mnist.ts'
import { type DataOptions, listOptions } from '../../options.ts'
import { celeba } from '../celeba/celeba.ts'
import type { DownloadProgress } from '../download/download.ts'
import { downloadFashionMnist, downloadMnist, fashionMnistClasses } from '../download/idx-sets.ts'
import { compileRenderer } from '../drawn/drawing-pool.ts'
import { birds, cartoonFaces } from '../drawn/drawn-pictures.ts'
import { mnistFolder } from '../idx/mnist-folder.ts'
import { imageFolder } from '../image-folder.ts'
import type { PackOptions } from '../packed/plan.ts'
import { imagePairs } from '../pairs/image-pairs.ts'
import { unpairedImages } from '../pairs/unpaired-images.ts'
import { photographs } from '../photographs.ts'
import { readPointsFile } from './points-file.ts'

/** Cache folder, abort signal and progress callbacks for opening a dataset. */
export interface OpenDatasetContext extends PackOptions {
  readonly onDownload?: (progress: DownloadProgress) => void
  /** Only a few samples will be read: those that are drawn here are drawn when they are, and not all before. Default false. */
  readonly readsFew?: boolean
}

/** A kind of data that a spec can name. */
export interface DataKindDefinition {
  /** What follows the colon in a spec: a path is required, a count optional. */
  readonly argument?: 'PATH' | 'COUNT'
  /** One line for the list of kinds. */
  readonly about: string
  readonly samples: 'images' | 'points'
  /** The options that it takes, from the table of data options. */
  readonly options: readonly (keyof DataOptions)[]
  /** @param argument the text after the colon, '' where there is none */
  open(argument: string, options: DataOptions, context: OpenDatasetContext): Promise<Dataset>
}

/** Selects kinds of data by what they give. */
export interface DataKindFilter {
  readonly samples?: DataKindDefinition['samples']
  /** An option that the kinds have to take, such as 'size' for pictures of any size. */
  readonly option?: keyof DataOptions
}

export type DataKind =
  | 'embedded'
  | 'mnist'
  | 'fashion'
  | 'idx'
  | 'folder'
  | 'pairs'
  | 'unpaired'
  | 'celeba'
  | 'photographs'
  | 'cartoon'
  | 'birds'
  | 'normal'
  | 'uniform'
  | 'ring'
  | 'grid'
  | 'spiral'
  | 'moons'
  | 'points'

/** The kinds of data that every command knows, by the names that specs begin with. A new kind is one entry here. */
export const dataKinds: Readonly<Record<DataKind, DataKindDefinition>> = {
  embedded: {
    about: '10,000 digits of MNIST, no download',
    samples: 'images',
    options: [],
    open: () => mnist(),
  },
  mnist: {
    about: 'all 70,000 digits of MNIST, by download',
    samples: 'images',
    options: [],
    open: async (_, __, context) =>
      mnistFolder(await downloadMnist(toDownloadOptions(context)), { split: 'all' }),
  },
  fashion: {
    about: 'the 70,000 garments of Fashion-MNIST, by download',
    samples: 'images',
    options: [],
    open: async (_, __, context) =>
      mnistFolder(await downloadFashionMnist(toDownloadOptions(context)), {
        split: 'all',
        classes: fashionMnistClasses,
      }),
  },
  idx: {
    argument: 'PATH',
    about: 'a folder of IDX files',
    samples: 'images',
    options: [],
    open: path => mnistFolder(path),
  },
  folder: {
    argument: 'PATH',
    about: 'a folder or a zip of pictures',
    samples: 'images',
    options: listOptions('pictures', 'folders', 'captions'),
    open: (path, options, context) => imageFolder(path, { ...options, ...context }),
  },
  pairs: {
    argument: 'PATH',
    about: 'pairs of pictures: A|B side by side, or folders A and B with the same names',
    samples: 'images',
    options: listOptions('pictures', 'sides'),
    open: (path, options, context) => imagePairs(path, { ...options, ...context }),
  },
  unpaired: {
    argument: 'PATH',
    about: 'folders A and B of pictures that are no pairs',
    samples: 'images',
    options: listOptions('pictures', 'sides'),
    open: (path, options, context) => unpairedImages(path, { ...options, ...context }),
  },
  celeba: {
    argument: 'PATH',
    about: "CelebA's aligned faces, a folder or a zip",
    samples: 'images',
    options: listOptions('pictures'),
    open: (path, { crop, ...options }, context) =>
      celeba(path, { ...options, ...context, ...(crop !== undefined && { crop: crop as 108 | 178 }) }),
  },
  photographs: {
    about: 'crops of old photographs, gray or sepia, of packages to install',
    samples: 'images',
    options: listOptions('photographs'),
    open: (_, options, context) => photographs({ ...options, ...context }),
  },
  cartoon: {
    argument: 'COUNT',
    about: 'cartoon faces, drawn here',
    samples: 'images',
    options: listOptions('faces', 'captions'),
    open(count, { captions, ...options }, { readsFew, ...context }) {
      const drawn = toDrawnOptions(count, options)
      const set = { subject: 'faces', settings: parseFaceOptions(drawn) } as const
      return captionDrawings(captions, set, () =>
        readsFew ? openWhenRead(set) : cartoonFaces({ ...drawn, ...context }),
      )
    },
  },
  birds: {
    argument: 'COUNT',
    about: 'birds in many colors, drawn here',
    samples: 'images',
    options: listOptions('birds', 'captions'),
    open(count, { captions, ...options }, { readsFew, ...context }) {
      const drawn = toDrawnOptions(count, options)
      const set = { subject: 'birds', settings: parseBirdOptions(drawn) } as const
      return captionDrawings(captions, set, () =>
        readsFew ? openWhenRead(set) : birds({ ...drawn, ...context }),
      )
    },
  },
  ...distributionKinds,
  points: {
    argument: 'PATH',
    about: 'points around those of a JSON file, [[x, y], …]',
    samples: 'points',
    options: listOptions('points'),
    open: async (path, { dataSeed }) =>
      distributionDataset(await readPointsFile(path), dataSeed === undefined ? {} : { seed: dataSeed }),
  },
}

/** The names of the kinds that pass a filter, in the order of the table. */
export function listDataKinds({ samples, option }: DataKindFilter = {}): readonly DataKind[] {
  return (Object.keys(dataKinds) as DataKind[]).filter(name => {
    const kind = dataKinds[name]
    return (samples ?? kind.samples) === kind.samples && (!option || kind.options.includes(option))
  })
}

async function openWhenRead(set: DrawnSet): Promise<Dataset> {
  return openInMemory(set, { wasm: await compileRenderer() })
}

function toDownloadOptions({ cacheDir, signal, onDownload }: OpenDatasetContext) {
  return {
    ...(cacheDir && { cacheDir }),
    ...(signal && { signal }),
    ...(onDownload && { onProgress: onDownload }),
  }
}
