/* One function: a JPEG becomes RGB. Errors trap, after which the instance is of no more use. */
#include <stdlib.h>
#include "jpeglib.h"
#include "widest.h"

static struct jpeg_decompress_struct decompressor;
static struct jpeg_error_mgr errors;

static void stop(j_common_ptr any) { __builtin_trap(); }
static void count(j_common_ptr any, int level) { if (level < 0) errors.num_warnings++; }
static void say(j_common_ptr any) {}
static void format(j_common_ptr any, char *text) {}
static void forget(j_common_ptr any) { errors.num_warnings = 0; }

static void start(void) {
  errors.error_exit = stop;
  errors.emit_message = count;
  errors.output_message = say;
  errors.format_message = format;
  errors.reset_error_mgr = forget;
  decompressor.err = &errors;
  jpeg_create_decompress(&decompressor);
}

/* @param pixels room for 3 · width · height bytes
 * @returns 0, or 1 where it is of another size, too wide, or there was as much as a warning */
__attribute__((export_name("decode")))
int decode(const unsigned char *file, unsigned long bytes, int width, int height, unsigned char *pixels) {
  j_decompress_ptr d = &decompressor;
  if (!d->err) start();
  jpeg_mem_src(d, file, bytes);
  jpeg_read_header(d, TRUE);
  if (d->image_width != width || d->image_height != height || width > WIDEST) {
    jpeg_abort_decompress(d);
    return 1;
  }
  d->out_color_space = JCS_RGB;
  jpeg_start_decompress(d);
  while (d->output_scanline < height) {
    JSAMPROW row = pixels + (size_t)3 * width * d->output_scanline;
    jpeg_read_scanlines(d, &row, 1);
  }
  jpeg_finish_decompress(d);
  return errors.num_warnings != 0;
}

__attribute__((export_name("malloc"))) void *reserve(unsigned long bytes) { return malloc(bytes); }
__attribute__((export_name("free"))) void release(void *address) { free(address); }
