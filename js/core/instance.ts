// Holds the one instance of a module. Only the entry files say where the module comes from.

import { borderTo, type Buffered } from './border';

/** What the glue of every module has. */
export interface Glue extends Buffered {
  initSync(from: { module: Compiled }): unknown;
  default(from: { module_or_path: Source | Promise<Source> }): Promise<unknown>;
  recover(): void;
  alive(): void;
}

type Compiled = WebAssembly.Module | BufferSource;
type Source = Compiled | Response | URL | string;

export class Instance<Functions extends Glue> {
  readonly border: ReturnType<typeof borderTo>;
  private state: 'empty' | 'loaded' | 'crashed' = 'empty';
  private atCall: (() => Compiled) | undefined;
  private source: (() => unknown) | undefined;
  private loading: Promise<void> | undefined;

  /** @param hint what to do where the functions are called before the module is loaded */
  constructor(private readonly glue: Functions, readonly hint: string) {
    this.border = borderTo(glue);
  }

  get isLoaded(): boolean {
    return this.state !== 'empty';
  }

  /** The module's functions, if it is loaded or can be now; after a crash those of a fresh instance. */
  functions(): Functions | undefined {
    if (this.state === 'crashed') {
      // The second call makes the instance. It must be one that takes nothing and gives nothing, because the glue of the
      // others touches the old instance's stack before it looks whether a fresh one is due.
      this.glue.recover();
      this.glue.alive();
      this.state = 'loaded';
    }
    if (this.state === 'empty' && this.atCall) this.tryToLoad(this.atCall);
    return this.state === 'loaded' ? this.glue : undefined;
  }

  /** Says that the instance must not be used again. The next call makes a fresh one, on a stack that is not full. */
  crashed(): void {
    this.state = 'crashed';
    this.border.forget();
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
    this.state = 'loaded';
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
    this.state = 'loaded';
  }
}
