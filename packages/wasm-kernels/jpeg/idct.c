/* libjpeg's inverse DCT in SIMD. In whole numbers, and the same ones as its plain C (jidctint.c). */
#include "jpeglib.h"
#include "jsimd.h"
#include "jdct.h"
#include "jsimddct.h"
#include "wide.h"

static inline wide plus(wide a, wide b) {
  wide sum = { wasm_i32x4_add(a.low, b.low), wasm_i32x4_add(a.high, b.high) };
  return sum;
}
static inline wide minus(wide a, wide b) {
  wide sum = { wasm_i32x4_sub(a.low, b.low), wasm_i32x4_sub(a.high, b.high) };
  return sum;
}
/* x · 2^13 */
static inline wide scaled(v128_t x) {
  wide numbers = { wasm_i32x4_shl(wasm_i32x4_extend_low_i16x8(x), 13), wasm_i32x4_shl(wasm_i32x4_extend_high_i16x8(x), 13) };
  return numbers;
}
/* One dimension for 8 lines at once. The factors are those of jidctint.c, times 2^13. */
static inline void transform(v128_t x[8], int bits) {
  const wide z2 = products(x[2], x[6], pair(4433, 4433 - 15137));
  const wide z3 = products(x[2], x[6], pair(4433 + 6270, 4433));
  const wide sum = scaled(wasm_i16x8_add(x[0], x[4])), difference = scaled(wasm_i16x8_sub(x[0], x[4]));
  const wide even[4] = { plus(sum, z3), plus(difference, z2), minus(difference, z2), minus(sum, z3) };
  const v128_t odd3 = wasm_i16x8_add(x[7], x[3]), odd4 = wasm_i16x8_add(x[5], x[1]);
  const wide z4 = products(odd3, odd4, pair(9633 - 16069, 9633));
  const wide z5 = products(odd3, odd4, pair(9633, 9633 - 3196));
  const wide odd[4] = {
    plus(products(x[7], x[1], pair(-7373, 12299 - 7373)), z5),
    plus(products(x[5], x[3], pair(-20995, 25172 - 20995)), z4),
    plus(products(x[5], x[3], pair(16819 - 20995, -20995)), z5),
    plus(products(x[7], x[1], pair(2446 - 7373, -7373)), z4),
  };
  for (int i = 0; i < 4; i++) {
    x[i] = rounded(plus(even[i], odd[i]), bits);
    x[7 - i] = rounded(minus(even[i], odd[i]), bits);
  }
}

static inline void transpose(v128_t x[8]) {
  v128_t a[8], b[8];
  for (int i = 0; i < 4; i++) {
    a[2 * i] = low(x[i], x[i + 4]);
    a[2 * i + 1] = high(x[i], x[i + 4]);
  }
  for (int i = 0; i < 4; i++) {
    b[2 * i] = low(a[i], a[i + 4]);
    b[2 * i + 1] = high(a[i], a[i + 4]);
  }
  for (int i = 0; i < 4; i++) {
    x[2 * i] = low(b[i], b[i + 4]);
    x[2 * i + 1] = high(b[i], b[i + 4]);
  }
}

int jsimd_can_idct_islow(void) { return 1; }

void jsimd_idct_islow(j_decompress_ptr cinfo, jpeg_component_info *compptr, JCOEFPTR coefficients, JSAMPARRAY output, JDIMENSION column) {
  const v128_t *from = (const v128_t *)coefficients, *by = (const v128_t *)compptr->dct_table;
  v128_t x[8];
  v128_t any = wasm_v128_load(from + 1);
  for (int i = 2; i < 8; i++) any = wasm_v128_or(any, wasm_v128_load(from + i));
  if (wasm_v128_any_true(any)) {
    for (int i = 0; i < 8; i++) x[i] = wasm_i16x8_mul(wasm_v128_load(from + i), wasm_v128_load(by + i));
    transform(x, 11);
  } else {
    x[0] = wasm_i16x8_shl(wasm_i16x8_mul(wasm_v128_load(from), wasm_v128_load(by)), 2);
    for (int i = 1; i < 8; i++) x[i] = x[0];
  }
  transpose(x);
  transform(x, 18);
  transpose(x);
  const v128_t middle = wasm_i8x16_splat(-128);
  for (int i = 0; i < 8; i += 2) {
    const v128_t levels = wasm_v128_xor(wasm_i8x16_narrow_i16x8(x[i], x[i + 1]), middle);
    wasm_v128_store64_lane(output[i] + column, levels, 0);
    wasm_v128_store64_lane(output[i + 1] + column, levels, 1);
  }
}
