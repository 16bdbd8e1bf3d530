import { openPacked } from '../../src/node/packed/open.ts'
import { cheapPlan } from '../node/packed/cheap-plan.ts'

/**
 * Packs COUNT samples of 64×64×3, opens them again, goes through an epoch, and prints how much memory that took at
 * most, MiB: `node memory.ts CACHE_DIR COUNT`.
 */
const [cacheDir, count] = process.argv.slice(2)
const sampleSize = 64 * 64 * 3
const { classes, attributes, ...plan } = cheapPlan({
  sampleShape: [64, 64, 3],
  count: Number(count),
  async make(from, to) {
    return Array.from({ length: to - from }, (_, i) => ({ bytes: new Uint8Array(sampleSize).fill(from + i) }))
  },
})
for (let i = 0; i < 2; i++) {
  const dataset = await openPacked(plan, { cacheDir: cacheDir! })
  if (i === 1) for await (const { samples } of dataset.batches({ size: 64, epochs: 1 })) samples.dispose()
  await dataset.close?.()
}
process.stdout.write(String(Math.round(process.resourceUsage().maxRSS / 1024)))
