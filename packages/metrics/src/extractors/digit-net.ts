import type { ConvNet } from './conv-net.ts'

/** After LeNet (LeCun et al. 1998): three small convolutions, 28 → 14 → 7 → 3 pixels a side, and two dense layers. */
export const digitNet: ConvNet = {
  imageShape: [28, 28, 1],
  convolutions: [
    { filters: 16, window: 3, stride: 1, pool: true },
    { filters: 32, window: 3, stride: 1, pool: true },
    { filters: 64, window: 3, stride: 1, pool: true },
  ],
  features: 128,
  logits: 10,
}
