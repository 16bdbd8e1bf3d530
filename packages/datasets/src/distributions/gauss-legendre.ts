/** Half of the nodes on [−1, 1] and their weights (Abramowitz and Stegun 1964, table 25.4, n = 8). */
const rule = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
] as const

/** Nodes s and weights ds of Gauss and Legendre's rule on [0, 1], cut into equal pieces of 8 nodes each. */
export function gaussLegendre(pieces: number): { readonly s: number; readonly ds: number }[] {
  return Array.from({ length: pieces }, (_, piece) =>
    rule.flatMap(([node, weight]) =>
      [-node, node].map(side => ({ s: (piece + (side + 1) / 2) / pieces, ds: weight / (2 * pieces) })),
    ),
  ).flat()
}
