/* Pixels of a line, at most: colour.c has room for the colour of so many. */
#define WIDEST 8192
