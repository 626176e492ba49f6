// Holds the one instance of a module. Only the entry files say where the module comes from.

import { type BridgedModule, bridgeTo } from './bridge';

/** What the glue of every module has. */
export interface Glue extends BridgedModule {
  initSync(from: { module: Compiled }): unknown;
  default(from: { module_or_path: Source | Promise<Source> }): Promise<unknown>;
  recover(): void;
  alive(): void;
}

type Compiled = WebAssembly.Module | BufferSource;
type Source = Compiled | Response | URL | string;

/** With a buffer as large as this an instance ends, because its memory never shrinks: only lists of long texts need it. In bytes. */
const LARGE = 4 * 1024 * 1024;

export class Instance<Functions extends Glue> {
  readonly bridge: ReturnType<typeof bridgeTo>;
  /** `taken`: by a call, which has not come back. */
  private state: 'empty' | 'free' | 'taken' = 'empty';
  private atCall: (() => Compiled) | undefined;
  private source: (() => unknown) | undefined;
  private loading: Promise<void> | undefined;

  /** @param hint what to do where the functions are called before the module is loaded */
  constructor(
    private readonly glue: Functions,
    readonly hint: string,
  ) {
    this.bridge = bridgeTo(glue);
  }

  get isLoaded(): boolean {
    return this.state !== 'empty';
  }

  /** Whether the functions can be called: the module is loaded, or can be now. */
  canBeCalled(): boolean {
    if (this.state === 'empty' && this.atCall) this.tryToLoad(this.atCall);
    return this.isLoaded;
  }

  /**
   * The module's functions, for one call, in which no code of the caller may run. If that does not {@link release} it, it
   * has crashed: the instance must not be used again, and the next call gets a fresh one, on a stack that is not full.
   */
  take(): Functions {
    if (this.state === 'taken') {
      // The second call makes the instance. It must be one that takes nothing and gives nothing, because the glue of the
      // others may touch the old instance's stack before it looks whether a fresh one is due.
      this.glue.recover();
      this.glue.alive();
      this.bridge.forget();
    }
    this.state = 'taken';
    return this.glue;
  }

  /** The call has come back. */
  release(): void {
    if (this.bridge.wipe() < LARGE) this.state = 'free';
  }

  /** Compiles and instantiates at the first call. */
  loadAtCall(from: () => Compiled): void {
    this.atCall = from;
  }

  /** Compiles and instantiates now, where the engine allows it. */
  tryToLoad(from: () => Compiled): void {
    try {
      this.loadSync(from());
    } catch {
      // Chrome before 114 refuses to compile more than 4 kB at once on a page's main thread. ready() compiles in the
      // background; if there is another reason, such as the page's policy, ready() tells it.
    }
  }

  /** Compiles and instantiates now. */
  loadSync(module: Compiled): void {
    this.glue.initSync({ module });
    this.loadedNow();
  }

  /** Says what to load, for when {@link loaded} is asked and nothing is. */
  loadFrom(source: () => unknown): void {
    this.source = source;
  }

  /** Compiles and instantiates in the background, once, streaming where the source can. After a failure it is tried again. */
  loaded(): Promise<void> {
    if (this.isLoaded) return Promise.resolve();
    this.loading ??= this.load().finally(() => (this.loading = undefined));
    return this.loading;
  }

  private async load(): Promise<void> {
    if (!this.source) throw new Error('mp-phone: nothing to load from');
    await this.glue.default({ module_or_path: this.source() as Source | Promise<Source> });
    this.loadedNow();
  }

  /** The glue may have had an instance already, and may have put another one in its place. */
  private loadedNow(): void {
    this.bridge.forget();
    if (this.state === 'empty') this.state = 'free';
  }
}
