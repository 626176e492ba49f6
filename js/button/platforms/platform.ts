// The interface of a platform's file.
import type { PhoneDetail } from '../types';
import type { Members } from '../untrusted';

export interface HostPlatform {
  /** Names that hosts and toolchains use for the platform, separated by spaces. The first name is the `Platform`. */
  names: string;
  /** Returns the host's own object. In every other host, throws or returns `undefined`. */
  host?(): any;
  /** Maps error numbers to a reason and, after a space, an action that differs from the reason's usual action. */
  codes?: Record<string, string>;
  /**
   * Moves an error to errMsg and errno if the platform puts errors elsewhere. A success on such a platform needs no
   * errMsg.
   */
  normalizeEvent?(members: Members): Members;
  /** Picks the members that the service needs. Absent where the platform has no phone button. */
  detail?(members: Members): PhoneDetail | undefined;
  /** The host's storage functions take and return objects. */
  storageTakesObject?: true;
  /** The member of the host's object that has checkSession. Absent if the object itself has checkSession. */
  sessionApi?: string;
  /** Resolves with a login code. Absent if the number needs no login before the tap. */
  login?(host: any): PromiseLike<string>;
  /** Requests the data if the event of a tap has no data. A success on such a platform needs no errMsg. */
  requestPhone?(host: any): PromiseLike<unknown>;
}
