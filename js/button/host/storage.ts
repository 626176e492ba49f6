// A host's storage.

import type { ButtonStorage } from '../types';

/** The host's storage, which takes the key and gives the value, or takes an object and gives one. */
export function hostStorage(host: any, objects: true | undefined, key: string): ButtonStorage {
  return {
    get() {
      const kept = host.getStorageSync(objects ? { key } : key);
      return Object(kept).data || kept;
    },
    set: (data) => (objects ? host.setStorageSync({ key, data }) : host.setStorageSync(key, data)),
  };
}
