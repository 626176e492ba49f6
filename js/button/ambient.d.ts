// Every host has it, and nothing else of a browser's or Node's is used.
declare function setTimeout(callback: () => void, ms: number): unknown;
/** Where a bundler has put the platform in. Elsewhere there may be none. */
declare const process: { env: { UNI_PLATFORM?: string; TARO_ENV?: string } };

// As much of the frameworks as is used. The tests compile the declarations against the real ones.
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
