import type { Program } from './kernels.ts'
import type { Tile } from './tiles.ts'

/** How the product is divided among workgroups. */
export interface Plan {
  readonly tile: Tile
  readonly tilesDown: number
  readonly tilesAcross: number
  readonly slices: number
  /** Places of one slice, a multiple of the tile's inner dimension. */
  readonly sliceLength: number
}

/**
 * Patches of x transposed times dy, for flat x and dy. The product of every slice follows that of the slice before.
 * @param wideX whether four channels of x can be read at once
 * @param wideDy the same for dy
 */
export function productProgram(plan: Plan, wideX: boolean, wideDy: boolean): Omit<Program, 'outputShape'> {
  const { across, down, inner } = plan.tile
  const quad = (wide: boolean, one: (j: string) => string) =>
    wide ? one('0') : `vec4<f32>(${['0', '1', '2', '3'].map(one).join(', ')})`
  return {
    variableNames: ['x', 'dy'],
    variableComponents: [wideX ? 4 : 1, wideDy ? 4 : 1],
    outputComponent: wideDy ? 4 : 1,
    uniforms: 'sides : vec4<i32>, image : vec4<i32>, places : vec2<i32>, moves : vec4<i32>,',
    workgroupSize: [64, 1, 1],
    dispatchLayout: { x: [0], y: [0], z: [0] },
    dispatch: [plan.tilesAcross, plan.tilesDown, plan.slices],
    shaderKey: `gankitFilterGradient_${across}_${wideX}_${wideDy}`,
    getUserCode: () => `
  var<workgroup> tileX : array<array<vec4<f32>, ${down}>, ${inner}>;
  var<workgroup> tileDy : array<array<vec4<f32>, ${across}>, ${inner}>;
  // Of each place in the tile: where its image starts in x, and the corner of its patch.
  var<workgroup> corners : array<vec3<i32>, ${inner}>;
  const nowhere = -1048576;

  fn corner(place : i32, end : i32) -> vec3<i32> {
    if (place >= end) { return vec3<i32>(0, nowhere, 0); }
    let image = place / uniforms.places.x;
    let rest = place - image * uniforms.places.x;
    let y = rest / uniforms.places.y;
    let at = vec2<i32>(y, rest - y * uniforms.places.y) * uniforms.moves.xy - uniforms.moves.zw;
    return vec3<i32>(image * uniforms.image.x * uniforms.image.y, at);
  }

  // Where in a patch a row of the filter lies: y, x and channel.
  fn tapOf(row : i32) -> vec3<i32> {
    if (row >= uniforms.sides.x) { return vec3<i32>(nowhere, 0, 0); }
    let tap = row / uniforms.image.z;
    let y = tap / uniforms.image.w;
    return vec3<i32>(y, tap - y * uniforms.image.w, row - tap * uniforms.image.z);
  }

  fn readX(start : vec3<i32>, tap : vec3<i32>) -> ${wideX ? 'vec4<f32>' : 'f32'} {
    let at = start.yz + tap.xy;
    if (any(at < vec2<i32>(0)) || any(at >= uniforms.image.xy)) { return ${wideX ? 'vec4<f32>(0.0)' : '0.0'}; }
    return x[((start.x + at.x * uniforms.image.y + at.y) * uniforms.image.z + tap.z)${wideX ? ' / 4' : ''}];
  }

  fn readDy(place : i32, end : i32, column : i32) -> ${wideDy ? 'vec4<f32>' : 'f32'} {
    if (place >= end || column >= uniforms.sides.y) { return ${wideDy ? 'vec4<f32>(0.0)' : '0.0'}; }
    return dy[(place * uniforms.sides.y + column)${wideDy ? ' / 4' : ''}];
  }

  fn write(row : i32, column : i32, value : vec4<f32>) {
    if (row >= uniforms.sides.x || column >= uniforms.sides.y) { return; }
    let at = (i32(workgroupId.z) * uniforms.sides.x + row) * uniforms.sides.y + column;
    ${
      wideDy
        ? 'result[at / 4] = value;'
        : 'for (var j = 0; j < min(4, uniforms.sides.y - column); j++) { result[at + j] = value[j]; }'
    }
  }

  fn main() {
    let local = i32(localIndex);
    let start = i32(workgroupId.z) * uniforms.sides.w;
    let end = min(start + uniforms.sides.w, uniforms.sides.z);
    let quadX = local % ${down};
    let row = (i32(workgroupId.y) * ${down} + quadX) * 4;
    let taps = array<vec3<i32>, 4>(${[0, 1, 2, 3].map(j => `tapOf(row + ${j})`).join(', ')});
    let quadDy = local % ${across};
    let column = (i32(workgroupId.x) * ${across} + quadDy) * 4;
    let myDown = local / ${across};
    var sums : array<vec4<f32>, 4>;

    if (local < ${inner}) { corners[local] = corner(start + local, end); }
    for (var begin = 0; begin < uniforms.sides.w; begin += ${inner}) {
      workgroupBarrier();
      for (var k = local / ${down}; k < ${inner}; k += ${64 / down}) {
        let at = corners[k];
        tileX[k][quadX] = ${quad(wideX, j => `readX(at, taps[${j}])`)};
      }
      for (var k = local / ${across}; k < ${inner}; k += ${64 / across}) {
        let place = start + begin + k;
        tileDy[k][quadDy] = ${quad(wideDy, j => `readDy(place, end, column + ${j})`)};
      }
      workgroupBarrier();
      if (local < ${inner}) { corners[local] = corner(start + begin + ${inner} + local, end); }
      for (var k = 0; k < ${inner}; k++) {
        let a = tileX[k][myDown];
        let b = tileDy[k][quadDy];
        sums[0] = fma(vec4<f32>(a.x), b, sums[0]);
        sums[1] = fma(vec4<f32>(a.y), b, sums[1]);
        sums[2] = fma(vec4<f32>(a.z), b, sums[2]);
        sums[3] = fma(vec4<f32>(a.w), b, sums[3]);
      }
    }
    let first = (i32(workgroupId.y) * ${down} + myDown) * 4;
    for (var i = 0; i < 4; i++) { write(first + i, column, sums[i]); }
  }
`,
  }
}
