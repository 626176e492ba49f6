// What a file of platforms/ knows.
import type { PhoneDetail } from '../types';
import type { Members } from '../untrusted';

export interface HostPlatform {
  /** What hosts and toolchains call it. The first is ours. */
  names: string;
  /** The host's own object, where this is the host. */
  host?(): any;
  /** The reason behind an error number, and behind a blank what to do where that is not the usual. */
  codes?: Record<string, string>;
  /** Says in errMsg and errno what the platform says elsewhere. Like `ask`, where a success has no errMsg that ends with `:ok`. */
  normalize?(members: Members): Members;
  /** What the service needs. Absent where there is no phone button. */
  detail?(members: Members): PhoneDetail | undefined;
  /** Storage takes an object and gives one. */
  storageTakesObject?: true;
  /** Which member of the host has checkSession, if not the host itself. */
  sessionApi?: string;
  /** A login code. Absent where the number needs no login. */
  login?(host: any): PromiseLike<string>;
  /** Asks the host for what the tap does not bring. */
  requestPhone?(host: any): PromiseLike<unknown>;
}
