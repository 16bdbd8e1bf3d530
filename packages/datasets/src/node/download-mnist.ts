import { type DownloadIdxSetOptions, downloadIdxSet, type IdxSet } from './download-idx-set.ts'

export type DownloadMnistOptions = DownloadIdxSetOptions

// biome-ignore format: one line a file
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
  otherwise:
    'use `--data embedded`, which needs no download, or put the four files into a folder and use `--data DIR`',
}

/**
 * Fetches the full MNIST, 60,000 training and 10,000 test digits in four files, 11.6 MB, into `mnist` in the cache
 * folder. What is there already is not fetched again, and a download that broke off goes on where it stopped.
 * @returns the folder, to be handed to `mnistFolder`
 * @throws GankitError that names the mirrors and why each failed; the signal's reason when it is aborted
 */
export async function downloadMnist(options: DownloadMnistOptions = {}): Promise<string> {
  return await downloadIdxSet(mnist, options)
}
