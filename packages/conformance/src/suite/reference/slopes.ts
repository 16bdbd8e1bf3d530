export type Inputs = readonly Float64Array[]

/** The gradient in one of the inputs, by central differences in double precision: about nine digits. */
export function slope(
  f: (inputs: Inputs) => number,
  inputs: Inputs,
  which: number,
  width = 1e-5,
): Float64Array {
  const moved = inputs.map(input => input.slice())
  const target = moved[which]!
  return target.map((value, i) => {
    target[i] = value + width
    const above = f(moved)
    target[i] = value - width
    const below = f(moved)
    target[i] = value
    return (above - below) / (2 * width)
  })
}

/** The derivative of f along a direction, by central differences. */
export function slopeAlong(
  f: (inputs: Inputs) => number,
  inputs: Inputs,
  direction: Inputs,
  width = 1e-4,
): number {
  const at = (sign: number) =>
    f(inputs.map((input, k) => input.map((value, i) => value + sign * width * direction[k]![i]!)))
  return (at(1) - at(-1)) / (2 * width)
}
