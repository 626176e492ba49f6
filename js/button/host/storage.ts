// The storage of the host.

import type { ButtonStorage } from '../types';

/**
 * With `takesObject`, the host's functions take an object with the key, and reading returns an object with the data.
 */
export function hostStorage(host: any, takesObject: true | undefined, key: string): ButtonStorage {
  return {
    get() {
      const stored = host.getStorageSync(takesObject ? { key } : key);
      return Object(stored).data || stored;
    },
    set: (data) => (takesObject ? host.setStorageSync({ key, data }) : host.setStorageSync(key, data)),
  };
}
