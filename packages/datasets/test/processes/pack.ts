import { openPacked } from '../../src/node/packed/open.ts'
import { cheapPlan } from '../node/packed/cheap-plan.ts'

/** Makes the cache of a cheap plan, and says how far it is: `node pack.ts CACHE_DIR DELAY`. */
const [cacheDir, delay] = process.argv.slice(2)
const dataset = await openPacked(cheapPlan({ delay: Number(delay) }), {
  cacheDir: cacheDir!,
  onProgress: ({ done }) => process.stdout.write(`${done}\n`),
})
await dataset.close?.()
