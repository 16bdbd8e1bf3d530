import { type DownloadIdxSetOptions, downloadIdxSet, type IdxSet } from './download-idx-set.ts'

/** What the labels 0 … 9 of Fashion-MNIST stand for. */
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

// biome-ignore format: one line a file
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
  otherwise: 'put the four files into a folder and use `--data DIR`',
}

/**
 * Fetches Fashion-MNIST, 60,000 training and 10,000 test pictures of clothes in four files, 30.9 MB, into
 * `fashion-mnist` in the cache folder; otherwise as `downloadMnist`. Xiao, Rasul, Vollgraf, "Fashion-MNIST: a novel image
 * dataset for benchmarking machine learning algorithms" (2017, arXiv:1708.07747); MIT licence, Zalando SE.
 * @returns the folder, to be handed to `mnistFolder` with `classes: fashionMnistClasses`
 * @throws GankitError that names the mirrors and why each failed; the signal's reason when it is aborted
 */
export async function downloadFashionMnist(options: DownloadIdxSetOptions = {}): Promise<string> {
  return await downloadIdxSet(fashionMnist, options)
}
