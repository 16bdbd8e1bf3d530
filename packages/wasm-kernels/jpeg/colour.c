/* libjpeg's smooth upsampling of colour and YCbCr to RGB in SIMD. In whole numbers, and the same ones as its plain C
 * (jdsample.c, jdcolor.c). */
#include <string.h>
#include "jpeglib.h"
#include "jsimd.h"
#include "wide.h"
#include "widest.h"

/* Every number becomes two: three quarters of it and a quarter of its neighbour before, and of that after. */
static void spread(short *line, int width, unsigned char *to, int bias, int bits) {
  line[-1] = line[0];
  line[width] = line[width - 1];
  const v128_t left = wasm_i16x8_splat(bias), right = wasm_i16x8_splat(bias == 8 ? 7 : 2);
  for (int i = 0; i < width; i += 8) {
    const v128_t at = wasm_v128_load(line + i), thrice = wasm_i16x8_add(at, wasm_i16x8_shl(at, 1));
    const v128_t before = wasm_i16x8_add(wasm_i16x8_add(thrice, wasm_v128_load(line + i - 1)), left);
    const v128_t after = wasm_i16x8_add(wasm_i16x8_add(thrice, wasm_v128_load(line + i + 1)), right);
    const v128_t even = wasm_u16x8_shr(before, bits), odd = wasm_u16x8_shr(after, bits);
    wasm_v128_store(to + 2 * i, wasm_v128_or(even, wasm_i16x8_shl(odd, 8)));
  }
}

/* A line of colour, with a number before it and some behind. */
static short room[8 + WIDEST / 2 + 16];
static short *const sums = room + 8;

int jsimd_can_h2v2_fancy_upsample(void) { return 1; }

void jsimd_h2v2_fancy_upsample(j_decompress_ptr cinfo, jpeg_component_info *compptr, JSAMPARRAY input, JSAMPARRAY *output) {
  const int width = compptr->downsampled_width;
  for (int row = 0; row < cinfo->max_v_samp_factor; row++) {
    const unsigned char *nearest = input[row / 2], *other = input[row / 2 + (row % 2 ? 1 : -1)];
    for (int i = 0; i < width; i += 8) {
      const v128_t near = wasm_u16x8_load8x8(nearest + i);
      wasm_v128_store(sums + i, wasm_i16x8_add(wasm_i16x8_add(near, wasm_i16x8_shl(near, 1)), wasm_u16x8_load8x8(other + i)));
    }
    spread(sums, width, (*output)[row], 8, 4);
  }
}

int jsimd_can_h2v1_fancy_upsample(void) { return 1; }

void jsimd_h2v1_fancy_upsample(j_decompress_ptr cinfo, jpeg_component_info *compptr, JSAMPARRAY input, JSAMPARRAY *output) {
  const int width = compptr->downsampled_width;
  for (int row = 0; row < cinfo->max_v_samp_factor; row++) {
    for (int i = 0; i < width; i += 8) wasm_v128_store(sums + i, wasm_u16x8_load8x8(input[row] + i));
    spread(sums, width, (*output)[row], 1, 2);
  }
}

int jsimd_can_ycc_rgb(void) { return 1; }

/* (a·x + b·y) / 2^16, rounded */
static inline v128_t mixed(v128_t x, v128_t y, v128_t factors) {
  wide sum = products(x, y, factors);
  return rounded(sum, 16);
}

/* 8 pixels of 16 bits each: R = Y + 1.402 Cr, G = Y − 0.344 Cb − 0.714 Cr, B = Y + 1.772 Cb, times 2^16 but for whole parts */
static inline void colours(v128_t y, v128_t cb, v128_t cr, v128_t rgb[3]) {
  const v128_t nothing = wasm_i16x8_const_splat(0);
  rgb[0] = wasm_i16x8_add(wasm_i16x8_add(y, cr), mixed(cr, nothing, pair(91881 - 65536, 0)));
  rgb[1] = wasm_i16x8_add(wasm_i16x8_sub(y, cr), mixed(cb, cr, pair(-22554, 65536 - 46802)));
  rgb[2] = wasm_i16x8_add(wasm_i16x8_add(y, wasm_i16x8_shl(cb, 1)), mixed(cb, nothing, pair(116130 - 131072, 0)));
}

static inline void pixels16(const unsigned char *ys, const unsigned char *cbs, const unsigned char *crs, unsigned char *to) {
  const v128_t middle = wasm_i16x8_splat(128);
  v128_t half[2][3];
  for (int i = 0; i < 2; i++)
    colours(wasm_u16x8_load8x8(ys + 8 * i), wasm_i16x8_sub(wasm_u16x8_load8x8(cbs + 8 * i), middle),
            wasm_i16x8_sub(wasm_u16x8_load8x8(crs + 8 * i), middle), half[i]);
  const v128_t r = wasm_u8x16_narrow_i16x8(half[0][0], half[1][0]);
  const v128_t g = wasm_u8x16_narrow_i16x8(half[0][1], half[1][1]);
  const v128_t b = wasm_u8x16_narrow_i16x8(half[0][2], half[1][2]);
  const v128_t rg0 = wasm_i8x16_shuffle(r, g, 0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5);
  const v128_t rg1 = wasm_i8x16_shuffle(r, g, 21, 0, 6, 22, 0, 7, 23, 0, 8, 24, 0, 9, 25, 0, 10, 26);
  const v128_t rg2 = wasm_i8x16_shuffle(r, g, 0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31, 0);
  wasm_v128_store(to, wasm_i8x16_shuffle(rg0, b, 0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13, 20, 15));
  wasm_v128_store(to + 16, wasm_i8x16_shuffle(rg1, b, 0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25, 14, 15));
  wasm_v128_store(to + 32, wasm_i8x16_shuffle(rg2, b, 26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13, 14, 31));
}

void jsimd_ycc_rgb_convert(j_decompress_ptr cinfo, JSAMPIMAGE input, JDIMENSION row, JSAMPARRAY output, int rows) {
  const int width = cinfo->output_width;
  for (; rows > 0; rows--, row++, output++) {
    const unsigned char *y = input[0][row], *cb = input[1][row], *cr = input[2][row];
    int i = 0;
    for (; i + 16 <= width; i += 16) pixels16(y + i, cb + i, cr + i, *output + 3 * i);
    if (i < width) {
      unsigned char last[48];
      pixels16(y + i, cb + i, cr + i, last);
      memcpy(*output + 3 * i, last, 3 * (width - i));
    }
  }
}
