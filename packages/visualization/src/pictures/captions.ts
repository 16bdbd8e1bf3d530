import type { Picture } from './picture.ts'

/**
 * A font of capitals, 5 pixels wide and 7 high: a character, then a digit to base 32 for each row from the top, whose
 * highest bit is the left pixel.
 */
const font = `
Aehhvhhh Buhhuhhu Cehggghe Duhhhhhu Evgguggv Fvgguggg Gehgnhhf Hhhhvhhh Ie44444e J72222ic Khikokih
Lggggggv Mhrllhhh Nhpljhhh Oehhhhhe Puhhuggg Qehhhlid Ruhhukih Sfgge11u Tv444444 Uhhhhhhe Vhhhhha4
Whhhllrh Xhha4ahh Yhha4444 Zv1248gv 0ehjlphe 14c4444e 2eh168gv 3u11e11u 426aiv22 5vgu11he 6egguhhe
7v124888 8ehhehhe 9ehhf11e .0000044 ,0000448 :0440440 -000v000 +044v440 =00v0v00 /11248gg (2488842
)8422248 →042v240 ?eh12404
`
const glyphs = new Map(
  font
    .trim()
    .split(/\s/)
    .map(entry => [entry[0]!, Array.from(entry.slice(1), digit => Number.parseInt(digit, 32))]),
)

/** Pixels from one character to the next, and from the top of a caption to its bottom, at scale 1. */
const characterWidth = 6
const captionHeight = 11

/** How large captions are above tiles of a width: small tiles get the font as it is, large ones a multiple. */
export function measureCaption(tileWidth: number): { readonly scale: number; readonly height: number } {
  const scale = Math.max(1, Math.floor(tileWidth / 96))
  return { scale, height: captionHeight * scale }
}

/**
 * Writes a caption in the middle of `width` pixels from (left, 0) on, in capitals; characters that have no room are cut
 * off at the end, and characters that the font lacks become '?'.
 * @param level 0 to 255, in all channels
 */
export function drawCaption(
  picture: Picture,
  text: string,
  left: number,
  width: number,
  level: number,
): void {
  const { scale } = measureCaption(width)
  const room = Math.floor((width + scale) / (characterWidth * scale))
  const characters = [...text.toUpperCase()].slice(0, room)
  const length = (characters.length * characterWidth - 1) * scale
  const start = left + Math.max(0, Math.floor((width - length) / 2))
  for (const [n, character] of characters.entries()) {
    const rows = character === ' ' ? [] : (glyphs.get(character) ?? glyphs.get('?')!)
    for (const [row, bits] of rows.entries())
      for (let column = 0; column < 5; column++)
        if ((bits >> (4 - column)) & 1)
          fillSquare(picture, start + (n * characterWidth + column) * scale, (2 + row) * scale, scale, level)
  }
}

function fillSquare(
  { width, channels, data }: Picture,
  left: number,
  top: number,
  side: number,
  level: number,
): void {
  for (let y = top; y < top + side; y++)
    data.fill(level, (y * width + left) * channels, (y * width + left + side) * channels)
}
