import { join } from 'node:path'
import { cacheFolder } from '@gankit/core/node'
import { type DownloadOptions, download, type RemoteFile } from './download.ts'

export interface DownloadIdxSetOptions extends Omit<DownloadOptions, 'mirrors'> {
  /** Each set has a folder of its own in this folder. Default: GANKIT_CACHE, else the platform's cache folder. */
  readonly cacheDir?: string
  /** Addresses of folders that hold the four .gz files, tried in this order. Default: public ones. */
  readonly mirrors?: readonly string[]
}

/** A dataset in the four files of MNIST. */
interface IdxSet {
  /** The folder's name in the cache. */
  readonly folder: string
  readonly files: readonly RemoteFile[]
  readonly mirrors: readonly string[]
  /** What the error suggests where every mirror fails. */
  readonly alternative: string
}

/**
 * Downloads the full MNIST, 60,000 training and 10,000 test digits in four files, 11.6 MB, into `mnist` in the cache folder.
 * Files that exist already are kept, and an interrupted download continues where it stopped.
 * @returns the folder, for `mnistFolder`
 * @throws GankitError that names the mirrors and why each failed; the signal's reason when it is aborted
 */
export async function downloadMnist(options: DownloadIdxSetOptions = {}): Promise<string> {
  return await downloadIdxSet(mnist, options)
}

/**
 * Downloads Fashion-MNIST, 60,000 training and 10,000 test pictures of clothes in four files, 30.9 MB, into `fashion-mnist`
 * in the cache folder; otherwise as `downloadMnist`. Xiao, Rasul, Vollgraf, "Fashion-MNIST: a novel image dataset for
 * benchmarking machine learning algorithms" (2017, arXiv:1708.07747); MIT license, Zalando SE.
 * @returns the folder, for `mnistFolder` with `classes: fashionMnistClasses`
 * @throws GankitError that names the mirrors and why each failed; the signal's reason when it is aborted
 */
export async function downloadFashionMnist(options: DownloadIdxSetOptions = {}): Promise<string> {
  return await downloadIdxSet(fashionMnist, options)
}

/** The names of the labels 0 … 9 of Fashion-MNIST. */
export const fashionMnistClasses: readonly string[] = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
]

async function downloadIdxSet(
  { folder, files, mirrors: publicMirrors, alternative }: IdxSet,
  { cacheDir = cacheFolder(), mirrors = publicMirrors, ...options }: DownloadIdxSetOptions,
): Promise<string> {
  const target = join(cacheDir, folder)
  await download(files, target, { mirrors, ...options }, alternative)
  return target
}

// biome-ignore format: one line per file
const mnist: IdxSet = {
  folder: 'mnist',
  files: [
    { name: 'train-images-idx3-ubyte.gz', bytes: 9_912_422, sha256: '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609' },
    { name: 'train-labels-idx1-ubyte.gz', bytes: 28_881, sha256: '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c' },
    { name: 't10k-images-idx3-ubyte.gz', bytes: 1_648_877, sha256: '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6' },
    { name: 't10k-labels-idx1-ubyte.gz', bytes: 4_542, sha256: 'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6' },
  ],
  mirrors: [
    'https://ossci-datasets.s3.amazonaws.com/mnist/',
    'https://storage.googleapis.com/cvdf-datasets/mnist/',
    'http://yann.lecun.com/exdb/mnist/',
  ],
  alternative:
    'use `--data embedded`, which needs no download, or put the four files into a folder and use `--data DIR`',
}

// biome-ignore format: one line per file
const fashionMnist: IdxSet = {
  folder: 'fashion-mnist',
  files: [
    { name: 'train-images-idx3-ubyte.gz', bytes: 26_421_880, sha256: '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84' },
    { name: 'train-labels-idx1-ubyte.gz', bytes: 29_515, sha256: 'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845' },
    { name: 't10k-images-idx3-ubyte.gz', bytes: 4_422_102, sha256: '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073' },
    { name: 't10k-labels-idx1-ubyte.gz', bytes: 5_148, sha256: '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5' },
  ],
  mirrors: [
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
    'https://storage.googleapis.com/tensorflow/tf-keras-datasets/',
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
  ],
  alternative: 'put the four files into a folder and use `--data DIR`',
}
