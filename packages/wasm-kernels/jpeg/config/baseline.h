/* Before every source: what baseline JPEGs in full size need none of. */
#include <stdio.h>
#include "jpeglib.h"
#undef D_PROGRESSIVE_SUPPORTED
#undef SAVE_MARKERS_SUPPORTED
#undef BLOCK_SMOOTHING_SUPPORTED
#undef IDCT_SCALING_SUPPORTED
#undef UPSAMPLE_MERGING_SUPPORTED
#undef QUANT_1PASS_SUPPORTED
#undef QUANT_2PASS_SUPPORTED
#undef DCT_IFAST_SUPPORTED
#undef DCT_FLOAT_SUPPORTED
