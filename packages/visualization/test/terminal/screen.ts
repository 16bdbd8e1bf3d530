/** What a terminal shows in one half of a cell: a level for each channel, or 'default'. */
export type Shown = readonly [red: number, green: number, blue: number] | 'default'

const sgr = `${String.fromCharCode(27)}\\[([\\d;]*)m`

/** Takes the escapes out of a text. */
export function withoutEscapes(text: string): string {
  return text.replaceAll(new RegExp(sgr, 'g'), '')
}

/**
 * Plays a text of half blocks as a terminal does.
 * @returns [2 · lines][columns], the upper and the lower half of each cell
 */
export function playHalfBlocks(text: string): Shown[][] {
  let foreground: Shown = 'default'
  let background: Shown = 'default'
  const rows: Shown[][] = []
  for (const line of text.split('\n')) {
    const upper: Shown[] = []
    const lower: Shown[] = []
    for (const [, codes, character] of line.matchAll(new RegExp(`${sgr}|(.)`, 'gu'))) {
      if (character === undefined) {
        const queue = codes!.split(';').map(Number)
        while (queue.length > 0) {
          const code = queue.shift()
          if (code === 0) foreground = background = 'default'
          else if (code === 49) background = 'default'
          else if (code === 38) foreground = color(queue)
          else if (code === 48) background = color(queue)
          else throw new Error(`SGR code ${code}`)
        }
      } else if (character === '▀' || character === ' ') {
        upper.push(character === ' ' ? background : foreground)
        lower.push(background)
      } else throw new Error(`character ${character}`)
    }
    rows.push(upper, lower)
  }
  return rows
}

function color(queue: number[]): Shown {
  const kind = queue.shift()
  if (kind === 2) return queue.splice(0, 3) as unknown as Shown
  if (kind === 5) return palette(queue.shift()!)
  throw new Error(`color of kind ${kind}`)
}

/** Colors 16 to 255 as xterm's 256colres.pl has them. */
export function palette(index: number): Shown {
  if (index >= 232) {
    const level = (index - 232) * 10 + 8
    return [level, level, level]
  }
  const level = (step: number) => (step === 0 ? 0 : step * 40 + 55)
  const cube = index - 16
  return [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)]
}
