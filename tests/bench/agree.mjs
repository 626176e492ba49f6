// The check before the measurement: every peer opens every input to the same number, and rejects tampered inputs.

/** The number in a peer's result, which is a result of this package or the decrypted payload. */
export const numberIn = ({ nationalNumber, purePhoneNumber, mobile }) => nationalNumber ?? purePhoneNumber ?? mobile;

/** The faults of a peer at a workload, as sentences; an empty list if it agrees. */
export async function disagreements(peer, workload, { keys, inputs, tampered }) {
  const wrong = [];
  const open = peer[workload](keys);
  for (const { number, ...input } of inputs) {
    try {
      const match = numberIn(await open(input));
      if (match !== number) wrong.push(`${peer.name}, ${workload}: the result is ${match} instead of ${number}`);
    } catch (error) {
      wrong.push(`${peer.name}, ${workload}: ${number} was rejected: ${error.message ?? error}`);
    }
  }
  for (const [change, input] of Object.entries(tampered)) {
    try {
      await open(input);
      wrong.push(`${peer.name}, ${workload}: not rejected: ${change}`);
    } catch {
      // Tampered inputs must be rejected.
    }
  }
  return wrong;
}
