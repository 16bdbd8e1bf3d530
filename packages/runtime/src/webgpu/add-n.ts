import { addInGroups } from '../add-n.ts'
import { type Backend, type Registrable, stockKernel } from './kernels.ts'

/**
 * The stock kernel binds all inputs at once. A device refuses more storage buffers than its limit, of which the output
 * is one, and drops with that program every other of the batch that it is submitted with: up to 15, which leave
 * whatever their buffers held before.
 */
export function addNKernel(): Registrable {
  return addInGroups(
    stockKernel('AddN'),
    backend => (backend as Backend).device.limits.maxStorageBuffersPerShaderStage - 1,
  )
}
