import * as tf from '@tensorflow/tfjs'

/** How good one head is on samples that it has never seen. */
export interface Report {
  readonly accuracy: number
  /** The mean of the largest probability a sample; on a calibrated head it is the accuracy. */
  readonly meanTopProbability: number
  /** The mean of −log p of the true class, in nats. */
  readonly crossEntropy: number
  /** Expected calibration error: over 15 equal bins of the top probability, |accuracy − its mean|, weighed by count. */
  readonly calibrationError: number
  /** [true, predicted, count], the most frequent first. */
  readonly confusions: readonly (readonly [number, number, number])[]
}

/**
 * @param logits [n, classes]
 * @param labels n true classes
 */
export function evaluate(logits: tf.Tensor2D, labels: Uint8Array): Report {
  const classes = logits.shape[1]
  const probabilities = tf.tidy(() => tf.softmax(logits).dataSync<'float32'>())
  const bins = Array.from({ length: 15 }, () => ({ count: 0, right: 0, top: 0 }))
  const wrong = new Map<string, number>()
  let crossEntropy = 0
  for (const [i, label] of labels.entries()) {
    const row = probabilities.subarray(i * classes, (i + 1) * classes)
    const top = Math.max(...row)
    const predicted = row.indexOf(top)
    const bin = bins[Math.min(14, Math.floor(top * 15))]!
    bin.count++
    bin.top += top
    if (predicted === label) bin.right++
    else wrong.set(`${label} ${predicted}`, (wrong.get(`${label} ${predicted}`) ?? 0) + 1)
    crossEntropy -= Math.log(Math.max(row[label]!, 1e-30)) / labels.length
  }
  const sum = (of: (bin: (typeof bins)[number]) => number) =>
    bins.reduce((total, bin) => total + of(bin), 0) / labels.length
  return {
    accuracy: sum(bin => bin.right),
    meanTopProbability: sum(bin => bin.top),
    crossEntropy,
    calibrationError: sum(bin => Math.abs(bin.right - bin.top)),
    confusions: [...wrong]
      .map(([pair, count]) => [...(pair.split(' ').map(Number) as [number, number]), count] as const)
      .sort((a, b) => b[2] - a[2]),
  }
}
