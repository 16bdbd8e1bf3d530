/* Pixels of a line, at most: simd.c has room for the colour of so many. */
#define WIDEST 8192
