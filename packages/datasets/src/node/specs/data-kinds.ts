import type { Dataset, Distribution } from '@gankit/core'
import { distributionDataset } from '../../distributions/distribution-dataset.ts'
import { grid } from '../../distributions/grid.ts'
import { normal } from '../../distributions/normal.ts'
import { ring } from '../../distributions/ring.ts'
import { spiral } from '../../distributions/spiral.ts'
import { twoMoons } from '../../distributions/two-moons.ts'
import { uniform } from '../../distributions/uniform.ts'
import { mnist } from '../../mnist.ts'
import { cartoonFaces } from '../cartoon/cartoon-faces.ts'
import { celeba } from '../celeba.ts'
import { downloadFashionMnist, downloadMnist, fashionMnistClasses } from '../download/idx-sets.ts'
import { mnistFolder } from '../idx/mnist-folder.ts'
import { imageFolder } from '../image-folder.ts'
import type { DataOptions, DataSurroundings } from './data-options.ts'
import { pointsFile } from './points-file.ts'

/** One kind of data that a spec can name. */
export interface KindOfData {
  /** What may stand behind the colon; a path has to. */
  readonly takes?: 'PATH' | 'COUNT'
  /** One line for people. */
  readonly about: string
  readonly options: readonly (keyof DataOptions)[]
  open(rest: string, options: DataOptions, how: DataSurroundings): Promise<Dataset>
}

const pictures = ['size', 'channels', 'crop', 'flip'] as const
const points = { takes: 'COUNT', options: ['dataSeed'] } as const

function drawn(about: string, distribution: () => Distribution): KindOfData {
  const open: KindOfData['open'] = async (count, { dataSeed }) =>
    distributionDataset(distribution(), {
      ...(count && { size: Number(count) }),
      ...(dataSeed !== undefined && { seed: dataSeed }),
    })
  return { ...points, about, open }
}

export type DataKind =
  | 'embedded'
  | 'mnist'
  | 'fashion'
  | 'idx'
  | 'folder'
  | 'celeba'
  | 'cartoon'
  | 'normal'
  | 'uniform'
  | 'ring'
  | 'grid'
  | 'spiral'
  | 'moons'
  | 'points'

/** The kinds of data that every command knows, by the names that specs begin with. */
export const dataKinds: Readonly<Record<DataKind, KindOfData>> = {
  embedded: { about: '10,000 digits of MNIST, no download', options: [], open: () => mnist() },
  mnist: {
    about: 'all 70,000 digits of MNIST, by download',
    options: [],
    open: async (_, __, how) => mnistFolder(await downloadMnist(downloadOptions(how)), { split: 'all' }),
  },
  fashion: {
    about: 'the 70,000 garments of Fashion-MNIST, by download',
    options: [],
    open: async (_, __, how) =>
      mnistFolder(await downloadFashionMnist(downloadOptions(how)), {
        split: 'all',
        classes: fashionMnistClasses,
      }),
  },
  idx: { takes: 'PATH', about: 'a folder of IDX files', options: [], open: path => mnistFolder(path) },
  folder: {
    takes: 'PATH',
    about: 'a folder or a zip of pictures',
    options: [...pictures, 'labels'],
    open: (path, options, how) => imageFolder(path, { ...options, ...how }),
  },
  celeba: {
    takes: 'PATH',
    about: "CelebA's aligned faces, a folder or a zip",
    options: pictures,
    open: (path, { crop, ...options }, how) =>
      celeba(path, { ...options, ...how, ...(crop !== undefined && { crop: crop as 108 | 178 }) }),
  },
  cartoon: {
    takes: 'COUNT',
    about: 'cartoon faces, drawn here',
    options: ['size', 'style', 'dataSeed'],
    open: (count, { size, style, dataSeed }, how) =>
      cartoonFaces({
        ...(count && { count: Number(count) }),
        ...(size !== undefined && { size: size as number }),
        ...(style && { style }),
        ...(dataSeed !== undefined && { seed: dataSeed }),
        ...how,
      }),
  },
  normal: drawn('numbers of a normal distribution', normal),
  uniform: drawn('numbers of a uniform distribution', uniform),
  ring: drawn('points around a ring of 8', ring),
  grid: drawn('points around a grid of 25', grid),
  spiral: drawn('points along a spiral', spiral),
  moons: drawn('points along two moons', twoMoons),
  points: {
    takes: 'PATH',
    about: 'points around those of a JSON file, [[x, y], …]',
    options: ['dataSeed'],
    open: async (path, { dataSeed }) =>
      distributionDataset(await pointsFile(path), dataSeed === undefined ? {} : { seed: dataSeed }),
  },
}

function downloadOptions({ cacheDir, signal, onDownload }: DataSurroundings) {
  return {
    ...(cacheDir && { cacheDir }),
    ...(signal && { signal }),
    ...(onDownload && { onProgress: onDownload }),
  }
}
