/** Where the dots of a text of braille are: [x, y] from the left and from the top, by the dot numbers of Unicode. */
export function dotsIn(lines: readonly string[]): [x: number, y: number][] {
  // Dots 1 to 8, the bits of a code point from the least on: 1 2 3 down the left, 4 5 6 down the right, then 7 and 8.
  const places = [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
    [0, 3],
    [1, 3],
  ] as const
  return lines.flatMap((line, row) =>
    [...line].flatMap((character, column) => {
      const bits = character.codePointAt(0)! - 0x2800
      return places
        .filter((_, dot) => bits >= 0 && bits < 256 && bits & (1 << dot))
        .map(([x, y]): [number, number] => [2 * column + x, 4 * row + y])
    }),
  )
}
