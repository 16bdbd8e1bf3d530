/** The name of a format of pictures, as it stands behind 'is'. */
export type FormatName =
  | 'JPEG'
  | 'PNG'
  | 'WebP'
  | 'GIF'
  | 'AVIF'
  | "a camera's raw picture"
  | 'TIFF'
  | 'BMP'
  | 'PPM'
  | 'HEIC'
  | 'JPEG XL'
  | 'JPEG 2000'
  | 'JPEG XR'
  | 'SVG'
  | 'PSD'
  | 'OpenEXR'
  | 'Radiance HDR'
  | 'PFM or PAM'
  | 'QOI'
  | 'DDS'
  | 'XCF'
  | 'FITS'
  | 'DICOM'
  | 'TGA'
  | 'PCX'
  | 'ICO'

/** A file format of pictures. */
interface PictureFormat {
  readonly name: FormatName
  /** The endings of its files' names. */
  readonly endings: string
  /** How its files begin: their first `startBytes` as Latin-1. */
  readonly start?: RegExp
  /** Whether a dataset in Node reads it; a browser reads what its own decoders do. */
  readonly isRead?: true
}

/** The bytes of a file by which its format is known. */
const startBytes = 256

/**
 * All that counts as a picture, whether it can be read or not: a folder of photographs that can't be read is no folder of notes.
 * The first format that fits a file's start is its format.
 */
const formats: readonly PictureFormat[] = [
  { name: 'JPEG', endings: 'jpg jpeg jpe jfif', start: /^\xff\xd8\xff/, isRead: true },
  { name: 'PNG', endings: 'png apng', start: /^\x89PNG/, isRead: true },
  { name: 'WebP', endings: 'webp', start: /^RIFF.{4}WEBP/s, isRead: true },
  { name: 'GIF', endings: 'gif', start: /^GIF8/, isRead: true },
  {
    name: 'AVIF',
    endings: 'avif avifs',
    start: /^.{4}ftyp(avi[fs]|(mif1|msf1).{0,60}avi[fs])/s,
    isRead: true,
  },
  {
    name: "a camera's raw picture",
    endings: 'cr2 cr3 nef nrw arw dng orf rw2 raf pef srw',
    start: /^(II\*\0.{4}CR|.{4}ftypcrx )/s,
  },
  { name: 'TIFF', endings: 'tif tiff', start: /^(II[*+]\0|MM\0[*+])/, isRead: true },
  { name: 'BMP', endings: 'bmp dib', start: /^BM.{12}[\f\x28\x34\x38\x40\x6c\x7c]\0\0\0/s, isRead: true },
  { name: 'PPM', endings: 'ppm pgm pbm pnm', start: /^P[1-6]\s+(#.*\s+)*\d/, isRead: true },
  { name: 'HEIC', endings: 'heic heics heif hif', start: /^.{4}ftyp(hei|hev|mif1|msf1)/s },
  { name: 'JPEG XL', endings: 'jxl', start: /^(\xff\n|\0\0\0\fJXL )/ },
  { name: 'JPEG 2000', endings: 'jp2 j2k j2c jpf jpx', start: /^(\0\0\0\fjP {2}|\xff\x4f\xff\x51)/ },
  { name: 'JPEG XR', endings: 'jxr hdp wdp', start: /^II\xbc/ },
  {
    name: 'SVG',
    endings: 'svg svgz',
    start: /^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?(<!DOCTYPE svg|<svg)/s,
  },
  { name: 'PSD', endings: 'psd psb', start: /^8BPS/ },
  { name: 'OpenEXR', endings: 'exr', start: /^v\/1[^ -~]/ },
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
]

const byEnding = new Map(
  formats.flatMap(format => format.endings.split(' ').map(ending => [ending, format] as const)),
)

const listRead = (isIncluded: (name: FormatName) => boolean): string =>
  formats
    .flatMap(({ name, isRead }) => (isRead && isIncluded(name) ? [name] : []))
    .join(', ')
    .replace(/, (\w+)$/, ' or $1')

/** The formats that are read in Node, as they stand in a sentence. */
const readInNode = listRead(() => true)

/** The formats that are read in all browsers, as they stand in a sentence. */
export const readInBrowsers: string = listRead(name => name !== 'TIFF')

/** The format of a picture by its first bytes; its name doesn't count. @returns undefined where it is no picture */
export function detectFormat(bytes: Uint8Array): FormatName | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, startBytes))
  return formats.find(format => format.start?.test(start))?.name
}

/** Whether a file's name is that of a picture; then it counts as failed where it gives no sample. */
export const isPictureName = (name: string): boolean => formatOfName(name) !== undefined

/**
 * Why Node reads no picture from a file of this format.
 * @param format what `detectFormat` found
 * @returns undefined where the format is read
 */
export function findFormatProblem(format: FormatName | undefined, name: string): string | undefined {
  const known = format === undefined ? formatOfName(name) : formats.find(other => other.name === format)
  if (format !== undefined && known?.isRead) return undefined
  // A name alone makes no JPEG.
  if (!known || known.isRead) return `is no ${readInNode}`
  return `is ${known.name}, which is not read here: convert it to JPEG or PNG`
}

function formatOfName(name: string) {
  const [, ending = ''] = /\.([^.]+)$/.exec(name) ?? []
  return byEnding.get(ending.toLowerCase())
}
