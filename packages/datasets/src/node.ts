export { cartoonFaces } from './node/cartoon/cartoon-faces.ts'
export { type CelebaOptions, celeba } from './node/celeba.ts'
export type { DownloadProgress } from './node/download/download.ts'
export type { DownloadIdxSetOptions } from './node/download/idx-sets.ts'
export {
  type DownloadMnistOptions,
  downloadFashionMnist,
  downloadMnist,
  fashionMnistClasses,
} from './node/download/idx-sets.ts'
export { type MnistFolderOptions, mnistFolder } from './node/idx/mnist-folder.ts'
export { type ImageFolderOptions, imageFolder } from './node/image-folder.ts'
export type { PackOptions, PackProgress } from './node/packed/plan.ts'
export { type DataKind, dataKinds, type KindOfData } from './node/specs/data-kinds.ts'
export type { DataOptions, DataSurroundings } from './node/specs/data-options.ts'
export { openDataset } from './node/specs/open-dataset.ts'
export { fullSpec, parseSpec, type Spec } from './node/specs/parse-spec.ts'
