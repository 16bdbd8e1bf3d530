import { basename } from 'node:path'
import { GankitError } from '@gankit/core'
import { readFileBytes } from '@gankit/core/node'
import { type CaptionLines, parseCaptionLines } from '../../captions/caption-lines.ts'
import { captionLength, matchCaptions, type PictureCaptions } from '../../captions/picture-captions.ts'
import { type SampleSource, selectSamples } from '../../dataset/create-dataset.ts'
import { findEncoding } from '../read-text.ts'
import type { Listing } from './picture-file.ts'

/** A larger file, in bytes, is no list of captions. */
const maxFileSize = 256 * 2 ** 20

/**
 * Reads the captions of pictures, and makes the function that gives packed pictures their captions: those without one are left out.
 * @param path of the text file
 * @param folder of the pictures
 * @param onNote gets one line about what is left out or cut
 * @throws GankitError for a file that can't be read, or that names none of the pictures
 */
export async function readPictureCaptions(
  path: string,
  folder: string,
  { files }: Listing,
  onNote?: (line: string) => void,
): Promise<(packed: SampleSource) => SampleSource> {
  const lines = parseCaptionLines(await readCaptionText(path, onNote), path)
  const names = files.map(({ name }) => name)
  const captions = matchCaptions(lines.captions, names, [folder, basename(folder)])
  if (captions.byPicture.size === 0) throw noneFitsError(path, folder, lines, names)
  const note = formatNote(path, lines, captions)
  if (note) onNote?.(note)
  return packed => addCaptions(packed, path, names, captions)
}

async function readCaptionText(path: string, onNote?: (line: string) => void): Promise<string> {
  const bytes = await readFileBytes(path, { maxBytes: maxFileSize })
  const encoding = findEncoding(bytes)
  let text: string
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new GankitError(
      'datasets',
      'data',
      `${path} is no text in UTF-8, UTF-16 or GB18030: save it as UTF-8, with a line a caption`,
      { cause },
    )
  }
  if (encoding === 'gb18030') onNote?.(`${path} is no UTF-8, and is read as GB18030`)
  return text
}

function noneFitsError(
  path: string,
  folder: string,
  { captions: [first] }: CaptionLines,
  names: readonly string[],
): GankitError {
  const what = first
    ? `none of the captions of ${path} names a picture of ${folder}: line ${first.line} names '${first.picture}', and there is ${names[0] ? `'${names[0]}'` : 'none'}`
    : `${path} has no captions, expected lines of a picture's name, a tab and a caption`
  return new GankitError('datasets', 'data', what)
}

/** One line about everything that is left out or cut, undefined where nothing is. */
function formatNote(
  path: string,
  { empty, doubled }: CaptionLines,
  { missing, cut }: PictureCaptions,
): string | undefined {
  const count = (lines: readonly number[], one: string, several: string) =>
    lines.length === 0
      ? []
      : [
          `${lines.length} ${lines.length === 1 ? one : several} (${lines.length === 1 ? '' : 'first '}line ${lines[0]})`,
        ]
  const counts = [
    ...count(
      missing.map(({ line }) => line),
      'has no picture',
      'have no picture',
    ),
    ...count(empty, 'is empty', 'are empty'),
    ...count(doubled, 'is there twice', 'are there twice'),
    ...count(
      cut.map(({ line }) => line),
      `is cut to ${captionLength} words`,
      `are cut to ${captionLength} words`,
    ),
  ]
  return counts.length > 0 ? `of the captions of ${path} ${counts.join(', ')}` : undefined
}

/** Packed pictures that have captions, with them. @param names of the files that were packed, in their order */
function addCaptions(
  packed: SampleSource,
  path: string,
  names: readonly string[],
  captions: PictureCaptions,
): SampleSource {
  const left = new Set(packed.skipped?.map(({ name }) => name))
  const pictures = names.filter(name => !left.has(name))
  if (pictures.length !== packed.size)
    throw new GankitError(
      'datasets',
      'data',
      `${pictures.length} pictures have names of their own, and there are ${packed.size}: give each a name of its own, which captions can tell`,
    )
  const isCaptioned = (name: string) => captions.byPicture.has(name)
  const chosen = Uint32Array.from(pictures.flatMap((name, i) => (isCaptioned(name) ? [i] : [])))
  if (chosen.length === 0)
    throw new GankitError(
      'datasets',
      'data',
      `none of the pictures that ${path} has captions of can be used: mend them, or write captions of the other ${pictures.length}`,
    )
  const kept = pictures.filter(isCaptioned)
  const why = `has no caption in ${basename(path)}`
  return {
    ...selectSamples(packed, chosen),
    ...(packed.close && { close: () => packed.close!() }),
    skipped: [
      ...(packed.skipped ?? []),
      ...pictures.filter(name => !isCaptioned(name)).map(name => ({ name, why })),
    ],
    condition: captions.condition,
    readConditions: (indices, position) =>
      captions.draw(
        Array.from(indices, index => kept[index]!),
        position,
      ),
  }
}
