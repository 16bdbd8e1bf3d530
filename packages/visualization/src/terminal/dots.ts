import { brailleCell, dotBits } from './braille.ts'

/** The dash pattern of a line: the number of dots on, then the number of dots off, repeated. */
export type Dash = readonly [on: number, off: number]

/**
 * A canvas of braille dots, two across and four down in each character. Each character remembers its owner, the index of
 * the series that drew in it last, which decides its color.
 */
export class DotCanvas {
  readonly width: number
  readonly height: number
  readonly #columns: number
  readonly #bits: Uint8Array
  readonly #owners: Int32Array

  /** @param columns characters across @param rows characters down */
  constructor(columns: number, rows: number) {
    this.width = columns * brailleCell.width
    this.height = rows * brailleCell.height
    this.#columns = columns
    this.#bits = new Uint8Array(columns * rows)
    this.#owners = new Int32Array(columns * rows).fill(-1)
  }

  setDot(x: number, y: number, owner: number): void {
    const cell = Math.floor(y / brailleCell.height) * this.#columns + Math.floor(x / brailleCell.width)
    this.#bits[cell]! |= dotBits[y % brailleCell.height]![x % brailleCell.width]!
    this.#owners[cell] = owner
  }

  /**
   * Draws a line from dot to dot, without its first dot.
   * @param phase dots into the dash pattern at which the line begins
   * @returns the phase at which it ends
   */
  drawLine([x0, y0]: Point, [x1, y1]: Point, owner: number, [on, off]: Dash, phase: number): number {
    const count = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))
    for (let i = 1; i <= count; i++)
      if ((phase + i) % (on + off) < on)
        this.setDot(Math.round(x0 + ((x1 - x0) * i) / count), Math.round(y0 + ((y1 - y0) * i) / count), owner)
    return (phase + count) % (on + off)
  }

  /** @param paint colors characters by their owner @returns a text for each row of characters */
  render(paint: (text: string, owner: number) => string): string[] {
    return Array.from({ length: this.#bits.length / this.#columns }, (_, row) => {
      const runs: { owner: number; text: string }[] = []
      for (let cell = row * this.#columns; cell < (row + 1) * this.#columns; cell++) {
        const character = String.fromCharCode(0x2800 + this.#bits[cell]!)
        const owner = this.#owners[cell]!
        const run = runs.at(-1)
        if (run && (run.owner === owner || owner < 0)) run.text += character
        else runs.push({ owner, text: character })
      }
      return runs.map(({ owner, text }) => (owner < 0 ? text : paint(text, owner))).join('')
    })
  }
}

export type Point = readonly [x: number, y: number]
