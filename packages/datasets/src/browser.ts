export { type IdxFilesOptions, idxFiles } from './browser/idx-files.ts'
export {
  decodeImageFiles,
  type ImageFilesOptions,
  type ImageProgress,
  imageFiles,
} from './browser/image-files.ts'
export type { PictureFile } from './browser/named-pictures.ts'
export { type OpenMadeDataOptions, openMadeData } from './browser/open-made-data.ts'
export type { ImageOptions } from './options.ts'
