import { scheduler } from 'node:timers/promises'

// workerd has it as a global, Node as a module.
Object.assign(globalThis, { scheduler })
