/** To zero what a workgroup shares is WebGPU's rule, and most of the time that SwiftShader takes; no kernel counts on it. */
export const dawnFlag = 'enable-dawn-features=disable_workgroup_init'
