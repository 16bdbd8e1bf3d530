/* 8 numbers of 16 bits, and of 32. */
#include <wasm_simd128.h>

#define low(a, b) wasm_i16x8_shuffle(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define high(a, b) wasm_i16x8_shuffle(a, b, 4, 12, 5, 13, 6, 14, 7, 15)

typedef struct { v128_t low, high; } wide; /* 8 numbers of 32 bits */

/* a·x + b·y of 8 pairs */
static inline wide products(v128_t a, v128_t b, v128_t factors) {
  wide sum = { wasm_i32x4_dot_i16x8(low(a, b), factors), wasm_i32x4_dot_i16x8(high(a, b), factors) };
  return sum;
}
/* Divided by 2^bits and rounded */
static inline v128_t rounded(wide x, int bits) {
  v128_t half = wasm_i32x4_splat(1 << (bits - 1));
  return wasm_i16x8_narrow_i32x4(wasm_i32x4_shr(wasm_i32x4_add(x.low, half), bits),
                                 wasm_i32x4_shr(wasm_i32x4_add(x.high, half), bits));
}

#define pair(x, y) wasm_i16x8_const(x, y, x, y, x, y, x, y)
