import type { ConvNet } from './conv-net.ts'

/** Four convolutions, 64 → 32 → 16 → 8 → 4 pixels a side; the logits of all attributes stand beside one another. */
export const cartoonFaceNet: ConvNet = {
  imageShape: [64, 64, 3],
  convolutions: [
    { filters: 16, window: 5, stride: 2 },
    { filters: 32, window: 3, stride: 2 },
    { filters: 64, window: 3, stride: 2 },
    { filters: 64, window: 3, stride: 2 },
  ],
  features: 128,
  logits: 65,
}
