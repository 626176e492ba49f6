// The contract of a platform's file.
import type { PhoneDetail } from '../types';
import type { Members } from '../untrusted';

export interface HostPlatform {
  /** Names that hosts and toolchains use for the platform, separated by spaces. The first is the `Platform` of this package. */
  names: string;
  /** Returns the host's own object. Throws, or returns nothing, in every other host. */
  host?(): any;
  /** Error numbers: the reason, and after a space an action that is not the reason's usual one. */
  codes?: Record<string, string>;
  /** Moves an error that the platform puts elsewhere to errMsg and errno. A success of such a platform needs no errMsg. */
  normalize?(members: Members): Members;
  /** Picks the members that the service needs. Absent where the platform has no phone button. */
  detail?(members: Members): PhoneDetail | undefined;
  /** The functions of the storage take and return objects. */
  storageTakesObject?: true;
  /** The member of the host's object that has checkSession, where it is not the object itself. */
  sessionApi?: string;
  /** Resolves with a login code. Absent where the number needs no login before the tap. */
  login?(host: any): PromiseLike<string>;
  /** Requests the data that the tap's event does not have. A success of such a platform needs no errMsg. */
  requestPhone?(host: any): PromiseLike<unknown>;
}
