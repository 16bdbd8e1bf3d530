export { type CelebaOptions, celeba } from './node/celeba/celeba.ts'
export type { DownloadProgress } from './node/download/download.ts'
export {
  type DownloadIdxSetOptions,
  downloadFashionMnist,
  downloadMnist,
  fashionMnistClasses,
} from './node/download/idx-sets.ts'
export { birds, cartoonFaces } from './node/drawn/drawn-pictures.ts'
export { type MnistFolderOptions, mnistFolder } from './node/idx/mnist-folder.ts'
export { type ImageFolderOptions, imageFolder } from './node/image-folder.ts'
export { readPictureSizes } from './node/images/picture-sizes.ts'
export { readWholePictures, type WholePicture } from './node/images/whole-pictures.ts'
export type { PackOptions, PackProgress } from './node/packed/plan.ts'
export { type ImagePairsOptions, imagePairs } from './node/pairs/image-pairs.ts'
export { type UnpairedImagesOptions, unpairedImages } from './node/pairs/unpaired-images.ts'
export { type PhotographsOptions, photographs } from './node/photographs.ts'
export {
  type DataKind,
  type DataKindDefinition,
  type DataKindFilter,
  dataKinds,
  listDataKinds,
  type OpenDatasetContext,
} from './node/specs/data-kinds.ts'
export { formatSpec, openDataset, parseSpec, type Spec } from './node/specs/open-dataset.ts'
export { type DataFlag, type DataOption, type DataOptions, dataOptions, type OptionGroup } from './options.ts'
