// Every host has setTimeout. The button uses no other function of browsers or Node.
declare function setTimeout(callback: () => void, ms: number): unknown;
/** Toolchains replace these variables with the platform's name. Without a toolchain, `process` may not exist. */
declare const process: { env: { UNI_PLATFORM?: string; TARO_ENV?: string } };

// The functions of the frameworks that this package uses. The tests compile the published declarations against the real
// frameworks.
declare module 'vue' {
  export interface Ref<T> {
    value: T;
  }
  export function ref<T>(value: T): Ref<T>;
  export function shallowRef<T>(): Ref<T | undefined>;
}
declare module '@dcloudio/uni-app' {
  export function onShow(hook: () => void): void;
}
declare module 'react' {
  export function useState<T>(first: T | (() => T)): [T, (next: T) => void];
  export function useState<T>(): [T | undefined, (next: T | undefined) => void];
}
declare module '@tarojs/taro' {
  export function useDidShow(hook: () => void): void;
}
