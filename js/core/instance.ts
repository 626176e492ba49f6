// Holds the only instance of a module. The entry files decide where the module comes from.

import { type BridgedModule, bridgeTo } from './bridge';

/** The functions that the glue of every module has. */
export interface Glue extends BridgedModule {
  initSync(from: { module: Compiled }): unknown;
  default(from: { module_or_path: Source | Promise<Source> }): Promise<unknown>;
  recover(): void;
  alive(): void;
}

type Compiled = WebAssembly.Module | BufferSource;
type Source = Compiled | Response | URL | string;

/**
 * In bytes. An instance whose buffer is this large is replaced, because WebAssembly memory never shrinks. Only lists of
 * long texts need so much.
 */
const LARGE = 4 * 1024 * 1024;

export class Instance<Functions extends Glue> {
  readonly bridge: ReturnType<typeof bridgeTo>;
  /** `taken`: a call is using the instance, or the next call must replace it. */
  private state: 'empty' | 'free' | 'taken' = 'empty';
  private atCall: (() => Compiled) | undefined;
  private source: (() => unknown) | undefined;
  private loading: Promise<void> | undefined;

  /** @param hint what to do if a function is called before the module is loaded */
  constructor(
    private readonly glue: Functions,
    readonly hint: string,
  ) {
    this.bridge = bridgeTo(glue);
  }

  get isLoaded(): boolean {
    return this.state !== 'empty';
  }

  /** Whether the functions can be called: the module is loaded, or can be loaded now. */
  canBeCalled(): boolean {
    if (this.state === 'empty' && this.atCall) this.tryToLoad(this.atCall);
    return this.isLoaded;
  }

  /**
   * The module's functions for a single call, during which no code of the caller may run. If the call does not {@link
   * release} the instance, it has crashed: the instance must not be used again, and the next call gets a new instance
   * with an empty stack.
   */
  take(): Functions {
    if (this.state === 'taken') {
      // `alive()` creates the new instance. It has neither arguments nor a result, because the glue of a function
      // with arguments may use the old instance's stack first, and only then check whether a new instance is needed.
      this.glue.recover();
      this.glue.alive();
      this.bridge.forget();
    }
    this.state = 'taken';
    return this.glue;
  }

  /** Wipes the buffer and frees the instance. With a LARGE buffer it stays `taken`: the next call replaces it. */
  release(): void {
    if (this.bridge.wipe() < LARGE) this.state = 'free';
  }

  /** Compiles and instantiates the module at the first call. */
  loadAtCall(from: () => Compiled): void {
    this.atCall = from;
  }

  /** Compiles and instantiates the module now, if the engine allows it. */
  tryToLoad(from: () => Compiled): void {
    try {
      this.loadSync(from());
    } catch {
      // Chrome before 114 does not compile more than 4 kB synchronously on a page's main thread. ready() compiles in
      // the background, and reports other reasons such as the page's policy.
    }
  }

  /** Compiles and instantiates the module now. */
  loadSync(module: Compiled): void {
    this.glue.initSync({ module });
    this.markLoaded();
  }

  /** Sets the source that {@link load} uses if the module is not loaded yet. */
  loadFrom(source: () => unknown): void {
    this.source = source;
  }

  /**
   * Compiles and instantiates the module in the background, once, and streams it if the source can be streamed. After a
   * failure the next call tries again.
   */
  load(): Promise<void> {
    if (this.isLoaded) return Promise.resolve();
    this.loading ??= this.instantiate().finally(() => (this.loading = undefined));
    return this.loading;
  }

  private async instantiate(): Promise<void> {
    if (!this.source) throw new Error('mp-phone: no source to load the module from');
    await this.glue.default({ module_or_path: this.source() as Source | Promise<Source> });
    this.markLoaded();
  }

  /** After a load the glue may use another instance than before. */
  private markLoaded(): void {
    this.bridge.forget();
    if (this.state === 'empty') this.state = 'free';
  }
}
