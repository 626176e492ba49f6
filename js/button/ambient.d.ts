// Every host has setTimeout. Nothing else of browsers or Node is used.
declare function setTimeout(callback: () => void, ms: number): unknown;
/** Toolchains replace these variables by the platform's name. Without a toolchain `process` may not exist. */
declare const process: { env: { UNI_PLATFORM?: string; TARO_ENV?: string } };

// The parts of the frameworks that are used. The tests compile the declarations against the real frameworks.
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
