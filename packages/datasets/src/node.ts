export type { DownloadProgress } from './node/download.ts'
export { type DownloadMnistOptions, downloadMnist } from './node/download-mnist.ts'
export { type MnistFolderOptions, mnistFolder } from './node/mnist-folder.ts'
