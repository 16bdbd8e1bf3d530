/** A convolution of [n, height, width, from] with [kernel, kernel, from, to]; strides and padding as tfjs names them. */
export interface Convolution {
  readonly n: number
  readonly height: number
  readonly width: number
  readonly from: number
  readonly to: number
  readonly kernel: number
  readonly stride: number
  readonly padding: 'same' | 'valid'
}

interface Side {
  readonly size: number
  readonly before: number
}

/** The number of outputs along a side, and the number of zeros before its start. */
function computeSide(size: number, { kernel, stride, padding }: Convolution): Side {
  if (padding === 'valid') return { size: Math.ceil((size - kernel + 1) / stride), before: 0 }
  const outputs = Math.ceil(size / stride)
  return { size: outputs, before: Math.floor(Math.max(0, (outputs - 1) * stride + kernel - size) / 2) }
}

/** [n, height, width, to] */
export function outputShape(shape: Convolution): [number, number, number, number] {
  return [shape.n, computeSide(shape.height, shape).size, computeSide(shape.width, shape).size, shape.to]
}

/** Calls back with the offsets of one pixel of x, of one pixel of y and of one position of the filter. */
function visit(shape: Convolution, each: (x: number, y: number, filter: number) => void): void {
  const { n, height, width, from, to, kernel, stride } = shape
  const [rows, columns] = [computeSide(height, shape), computeSide(width, shape)]
  for (let image = 0; image < n; image++)
    for (let row = 0; row < rows.size; row++)
      for (let column = 0; column < columns.size; column++)
        for (let i = 0; i < kernel; i++)
          for (let j = 0; j < kernel; j++) {
            const [y, x] = [row * stride + i - rows.before, column * stride + j - columns.before]
            if (y < 0 || y >= height || x < 0 || x >= width) continue
            const input = ((image * height + y) * width + x) * from
            const output = ((image * rows.size + row) * columns.size + column) * to
            each(input, output, (i * kernel + j) * from * to)
          }
}

type Numbers = ArrayLike<number>

/** y [n, outHeight, outWidth, to] */
export function convolve(shape: Convolution, x: Numbers, filter: Numbers): Float64Array {
  const { from, to } = shape
  const y = new Float64Array(outputShape(shape).reduce((a, b) => a * b, 1))
  visit(shape, (input, output, at) => {
    for (let c = 0; c < from; c++) {
      const value = x[input + c]!
      const row = at + c * to
      for (let k = 0; k < to; k++) y[output + k]! += value * filter[row + k]!
    }
  })
  return y
}

/** The gradient in x, which is the transposed convolution of dy: [n, height, width, from] */
export function inputGradient(shape: Convolution, dy: Numbers, filter: Numbers): Float64Array {
  const { n, height, width, from, to } = shape
  const dx = new Float64Array(n * height * width * from)
  visit(shape, (input, output, at) => {
    for (let c = 0; c < from; c++) {
      const row = at + c * to
      let sum = 0
      for (let k = 0; k < to; k++) sum += dy[output + k]! * filter[row + k]!
      dx[input + c]! += sum
    }
  })
  return dx
}

/** [kernel, kernel, from, to] */
export function filterGradient(shape: Convolution, x: Numbers, dy: Numbers): Float64Array {
  const { from, to, kernel } = shape
  const gradient = new Float64Array(kernel * kernel * from * to)
  visit(shape, (input, output, at) => {
    for (let c = 0; c < from; c++) {
      const value = x[input + c]!
      const row = at + c * to
      for (let k = 0; k < to; k++) gradient[row + k]! += value * dy[output + k]!
    }
  })
  return gradient
}
