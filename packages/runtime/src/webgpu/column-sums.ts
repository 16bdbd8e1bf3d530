import { type Backend, flatten, type Input, int, type Program, type Uniforms } from './kernels.ts'

/** Two sums over each column of each of several tables, taken in one pass, which batch norm and its gradient need. */
export interface ColumnSums {
  readonly name: string
  readonly inputs: readonly string[]
  /** Fields of the uniforms, each filled with one entry of the call's uniforms. */
  readonly fields: string
  /**
   * WGSL statements run before the sums of a column; `first` is the index of the column's first number in the chunk, and
   * `own` that of the column among the columns of all tables.
   */
  readonly before: string
  /** WGSL expression of a vec2: the terms that number `index` adds to the two sums. */
  readonly term: string
  /** WGSL expression of a vec2: the result, from `sum`, the two sums over `count` numbers. */
  readonly after: string
}

/** Tables of equal sizes, one after another. */
export interface Tables {
  readonly tables: number
  readonly rows: number
  readonly columns: number
}

/** The sums of every chunk of rows. */
export interface Chunks {
  /** [tables, chunks, columns] pairs */
  readonly pairs: Input
  /** Chunks of a table. */
  readonly count: number
  /** Rows of a chunk; the last has what is left. */
  readonly length: number
}

const threads = 256
const maxChunks = 64

/**
 * Sums the rows of all chunks in parallel; neighboring threads read neighboring columns. No sum is atomic, so the same
 * numbers always give the same bits.
 */
export function columnSums(
  backend: Backend,
  { name, inputs: variableNames, fields, before, term, after }: ColumnSums,
  inputs: readonly Input[],
  { tables, rows, columns }: Tables,
  uniforms: Uniforms = [],
): Chunks {
  const across = Math.min(32, 2 ** Math.ceil(Math.log2(columns)))
  const down = threads / across
  const wanted = Math.min(maxChunks, Math.ceil(rows / (8 * down)))
  const length = Math.ceil(rows / wanted)
  const count = Math.ceil(rows / length)
  const program: Program = {
    variableNames: [...variableNames],
    uniforms: `rows : i32, columns : i32, chunk : i32,${fields}`,
    outputShape: [tables * count * columns * 2],
    outputComponent: 2,
    variableComponents: variableNames.map(() => 1),
    workgroupSize: [across, down, 1],
    dispatchLayout: { x: [0], y: [0], z: [0] },
    dispatch: [Math.ceil(columns / across), count, tables],
    shaderKey: `gankit${name}_${across}`,
    getUserCode: () => `
  var<workgroup> sums : array<array<vec2<f32>, ${across}>, ${down}>;

  fn main() {
    let column = i32(globalId.x);
    let table = i32(workgroupId.z);
    let own = table * uniforms.columns + column;
    let start = i32(workgroupId.y) * uniforms.chunk;
    let count = min(uniforms.chunk, uniforms.rows - start);
    let chunks = (uniforms.rows + uniforms.chunk - 1) / uniforms.chunk;
    let lane = i32(localId.y);
    var sum = vec2<f32>(0.0);
    if (column < uniforms.columns) {
      let first = (table * uniforms.rows + start) * uniforms.columns + column;
      ${before}
      for (var row = lane; row < count; row += ${down}) {
        let index = first + row * uniforms.columns;
        sum += ${term};
      }
    }
    sums[lane][localId.x] = sum;
    for (var half = ${down / 2}; half > 0; half /= 2) {
      workgroupBarrier();
      if (lane < half) { sums[lane][localId.x] += sums[lane + half][localId.x]; }
    }
    if (lane == 0 && column < uniforms.columns) {
      let first = (table * uniforms.rows + start) * uniforms.columns + column;
      ${before}
      sum = sums[0][localId.x];
      result[(table * chunks + i32(workgroupId.y)) * uniforms.columns + column] = ${after};
    }
  }
`,
  }
  const pairs = backend.runWebGPUProgram(program, inputs.map(flatten), 'float32', [
    int(rows),
    int(columns),
    int(length),
    ...uniforms,
  ])
  return { pairs, count, length }
}
