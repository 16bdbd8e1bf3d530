import type { Program } from './kernels.ts'
import type { Tile } from './tiles.ts'

/**
 * Patches of dy times the taps of the filter that they meet, for flat dy and filter. Each layer of workgroups is one phase.
 * @param wide whether four channels of dy and of the filter can be read at once
 */
export function productProgram(
  { across, down, inner }: Tile,
  wide: boolean,
): Omit<Program, 'dispatch' | 'outputShape'> {
  const quads = inner / 4
  const component = wide ? 4 : 1
  const zero = wide ? 'vec4<f32>(0.0)' : '0.0'
  const type = wide ? 'vec4<f32>' : 'f32'
  const quad = (one: (j: number) => string) =>
    wide ? one(0) : `vec4<f32>(${[0, 1, 2, 3].map(one).join(', ')})`
  const loads = (tile: string, count: number, one: (j: number) => string) => `
        for (var line = local / ${quads}; line < ${count}; line += ${64 / quads}) {
          ${tile}[line][myQuad] = ${quad(one)};
        }`
  return {
    variableNames: ['dy', 'w'],
    variableComponents: [component, component],
    outputComponent: 1,
    uniforms: 'image : vec4<i32>, source : vec4<i32>, kernel : vec2<i32>, moves : vec4<i32>,',
    workgroupSize: [64, 1, 1],
    dispatchLayout: { x: [0], y: [0], z: [0] },
    shaderKey: `gankitTransposedConv_${across}_${wide}`,
    getUserCode: () => `
  // One quad more than is used: threads that read below one another find their numbers in different banks.
  var<workgroup> tileDy : array<array<vec4<f32>, ${quads + 1}>, ${4 * down}>;
  var<workgroup> tileW : array<array<vec4<f32>, ${quads + 1}>, ${4 * across}>;
  // Of each row: where its image starts in dy, the place there that the first tap meets, its place in the result.
  var<workgroup> places : array<vec4<i32>, ${4 * down}>;
  const nowhere = -1048576;

  fn placeOf(row : i32, phase : vec2<i32>) -> vec4<i32> {
    let stride = uniforms.moves.xy;
    // phase < stride, so this is the smallest place of the phase that isn't negative.
    let first = (phase - uniforms.moves.zw % stride + stride) % stride;
    let counts = (uniforms.image.yz - first + stride - 1) / stride;
    let image = row / max(1, counts.x * counts.y);
    if (image >= uniforms.image.x || counts.x * counts.y <= 0) { return vec4<i32>(0, nowhere, 0, -1); }
    let rest = row - image * counts.x * counts.y;
    let y = rest / counts.y;
    let at = vec2<i32>(y, rest - y * counts.y);
    let goal = first + at * stride;
    let source = (goal + uniforms.moves.zw - phase) / stride;
    return vec4<i32>(
      image * uniforms.source.x * uniforms.source.y, source,
      (image * uniforms.image.y + goal.x) * uniforms.image.z + goal.y);
  }

  // The tap that a number of the inner side belongs to, y and x, and its channel.
  fn tapOf(k : i32, length : i32, width : i32) -> vec3<i32> {
    if (k >= length) { return vec3<i32>(nowhere, 0, 0); }
    let tap = k / uniforms.source.z;
    let y = tap / width;
    return vec3<i32>(y, tap - y * width, k - tap * uniforms.source.z);
  }

  fn readDy(place : vec4<i32>, tap : vec3<i32>) -> ${type} {
    let at = place.yz - tap.xy;
    if (tap.x < 0 || any(at < vec2<i32>(0)) || any(at >= uniforms.source.xy)) { return ${zero}; }
    return dy[((place.x + at.x * uniforms.source.y + at.y) * uniforms.source.z + tap.z) / ${component}];
  }

  fn readW(phase : vec2<i32>, tap : vec3<i32>, column : i32) -> ${type} {
    if (tap.x < 0 || column >= uniforms.image.w) { return ${zero}; }
    let at = phase + tap.xy * uniforms.moves.xy;
    let row = (at.x * uniforms.kernel.y + at.y) * uniforms.image.w + column;
    return w[(row * uniforms.source.z + tap.z) / ${component}];
  }

  fn main() {
    let local = i32(localIndex);
    let index = i32(workgroupId.z);
    let phase = vec2<i32>(index / uniforms.moves.y, index % uniforms.moves.y);
    let taps = max(vec2<i32>(0), (uniforms.kernel - phase + uniforms.moves.xy - 1) / uniforms.moves.xy);
    let length = taps.x * taps.y * uniforms.source.z;
    let firstRow = i32(workgroupId.x) * ${4 * down};
    let firstColumn = i32(workgroupId.y) * ${4 * across};
    let myQuad = local % ${quads};
    let myRow = local / ${across};
    let myColumn = local % ${across};
    var sums : array<vec4<f32>, 4>;

    for (var row = local; row < ${4 * down}; row += 64) { places[row] = placeOf(firstRow + row, phase); }
    for (var begin = 0; begin < uniforms.source.w; begin += ${inner}) {
      workgroupBarrier();
      if (begin < length) {
        let k = begin + myQuad * 4;
        let tap = array<vec3<i32>, 4>(${[0, 1, 2, 3].map(j => `tapOf(k + ${j}, length, taps.y)`).join(', ')});
        ${loads('tileDy', 4 * down, j => `readDy(places[line], tap[${j}])`)}
        ${loads('tileW', 4 * across, j => `readW(phase, tap[${j}], firstColumn + line)`)}
      }
      workgroupBarrier();
      if (begin < length) {
        for (var k = 0; k < ${quads}; k++) {
          let b0 = tileW[myColumn][k];
          let b1 = tileW[myColumn + ${across}][k];
          let b2 = tileW[myColumn + ${2 * across}][k];
          let b3 = tileW[myColumn + ${3 * across}][k];
          for (var i = 0; i < 4; i++) {
            let a = tileDy[myRow + i * ${down}][k];
            sums[i] += vec4<f32>(dot(a, b0), dot(a, b1), dot(a, b2), dot(a, b3));
          }
        }
      }
    }
    for (var i = 0; i < 4; i++) {
      let at = places[myRow + i * ${down}].w;
      if (at >= 0) {
        for (var j = 0; j < 4; j++) {
          let column = firstColumn + myColumn + j * ${across};
          if (column < uniforms.image.w) { result[at * uniforms.image.w + column] = sums[i][j]; }
        }
      }
    }
  }
`,
  }
}
