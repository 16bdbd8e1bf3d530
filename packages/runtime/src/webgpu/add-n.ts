import { addInGroups } from '../add-n.ts'
import { type Backend, type Registrable, stockKernel } from './kernels.ts'

/**
 * AddN in groups. The stock kernel binds all inputs at once. A device refuses a program with more storage buffers than its
 * limit, the output included, and with that program drops all that are submitted together, up to 15: their outputs keep
 * whatever the memory held before.
 */
export function addNKernel(): Registrable {
  return addInGroups(
    stockKernel('AddN'),
    backend => (backend as Backend).device.limits.maxStorageBuffersPerShaderStage - 1,
  )
}
