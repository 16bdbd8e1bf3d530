/** A file format of pictures. */
interface PictureFormat {
  readonly name: string
  /** The endings of its files' names. */
  readonly endings: string
  /** How its files begin: their first `startBytes` as Latin-1. */
  readonly start?: RegExp
  /** Whether a dataset in Node reads it; a browser reads what its own decoders do. */
  readonly isRead?: true
}

/** The bytes of a file by which its format is known. */
export const startBytes = 256

/**
 * All that counts as a picture, whether it can be read or not: a folder of photographs that can't be read is no folder of notes.
 * The first format that fits a file's start is its format.
 */
const formats = [
  { name: 'JPEG', endings: 'jpg jpeg jpe jfif', start: /^\xff\xd8\xff/, isRead: true },
  { name: 'PNG', endings: 'png apng', start: /^\x89PNG/, isRead: true },
  { name: 'WebP', endings: 'webp', start: /^RIFF.{4}WEBP/s, isRead: true },
  { name: 'GIF', endings: 'gif', start: /^GIF8/, isRead: true },
  { name: 'AVIF', endings: 'avif avifs', start: /^.{4}ftyp(avi[fs]|(mif1|msf1).{0,60}avi[fs])/s, isRead: true },
  { name: "a camera's raw picture", endings: 'cr2 cr3 nef nrw arw dng orf rw2 raf pef srw', start: /^(II\*\0.{4}CR|.{4}ftypcrx )/s },
  { name: 'TIFF', endings: 'tif tiff', start: /^(II[*+]\0|MM\0[*+])/, isRead: true },
  { name: 'BMP', endings: 'bmp dib', start: /^BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0/s, isRead: true },
  { name: 'PPM', endings: 'ppm pgm pbm pnm', start: /^P[1-6][\s#]/, isRead: true },
  { name: 'HEIC', endings: 'heic heics heif hif', start: /^.{4}ftyp(hei|hev|mif1|msf1)/s },
  { name: 'JPEG XL', endings: 'jxl', start: /^(\xff\x0a|\0\0\0\x0cJXL )/ },
  { name: 'JPEG 2000', endings: 'jp2 j2k j2c jpf jpx', start: /^(\0\0\0\x0cjP {2}|\xff\x4f\xff\x51)/ },
  { name: 'JPEG XR', endings: 'jxr hdp wdp', start: /^II\xbc/ },
  { name: 'SVG', endings: 'svg svgz', start: /^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?(<!DOCTYPE svg|<svg)/s },
  { name: 'Photoshop', endings: 'psd psb', start: /^8BPS/ },
  { name: 'OpenEXR', endings: 'exr', start: /^v\/1\x01/ },
  { name: 'Radiance HDR', endings: 'hdr', start: /^#\?(RADIANCE|RGBE)/ },
  { name: 'PFM or PAM', endings: 'pfm pam', start: /^P(F|f|7)\n/ },
  { name: 'QOI', endings: 'qoi', start: /^qoif/ },
  { name: 'DDS', endings: 'dds', start: /^DDS / },
  { name: 'XCF', endings: 'xcf', start: /^gimp xcf/ },
  { name: 'FITS', endings: 'fits fit fts', start: /^SIMPLE {2}=/ },
  { name: 'DICOM', endings: 'dcm', start: /^.{128}DICM/s },
  { name: 'TGA', endings: 'tga' },
  { name: 'PCX', endings: 'pcx' },
  { name: 'ICO', endings: 'ico cur' },
] as const satisfies readonly PictureFormat[]

/** The name of a format of pictures. */
export type FormatName = (typeof formats)[number]['name']

const all: readonly (PictureFormat & { readonly name: FormatName })[] = formats

const byEnding = new Map(all.flatMap(format => format.endings.split(' ').map(ending => [ending, format] as const)))

/** The formats that are read in Node, as they stand in a sentence. */
export const readFormats: string = all
  .flatMap(({ name, isRead }) => (isRead ? [name] : []))
  .join(', ')
  .replace(/, (\w+)$/, ' or $1')

/** The format of a picture by its first bytes; its name doesn't count. @returns undefined where it is no picture */
export function detectFormat(bytes: Uint8Array): FormatName | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, startBytes))
  return all.find(format => format.start?.test(start))?.name
}

/** Whether a file's name is that of a picture; then it counts as failed where it gives no sample. */
export const isPictureName = (name: string): boolean => formatOfName(name) !== undefined

/**
 * Why Node reads no picture from a file of this format.
 * @param format what `detectFormat` found
 * @returns undefined where the format is read
 */
export function findFormatProblem(format: FormatName | undefined, name: string): string | undefined {
  const known = format === undefined ? formatOfName(name) : all.find(other => other.name === format)
  if (format !== undefined && known?.isRead) return undefined
  // A name alone makes no JPEG, but some formats have no start by which they are known.
  if (!known || known.isRead || (format === undefined && known.start)) return `is no ${readFormats}`
  return `is ${known.name}, which is not read here: convert it to JPEG or PNG`
}

function formatOfName(name: string) {
  return byEnding.get(name.slice(name.lastIndexOf('.') + 1).toLowerCase())
}
