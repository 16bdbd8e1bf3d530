/** How often a sample's pixel is repeated along a side, so that small samples are seen: twice below 48 pixels. */
export function enlargement([, width]: readonly number[]): number {
  return width! < 48 ? 2 : 1
}
