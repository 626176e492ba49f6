// Before anything is measured: everybody opens every input to the same number, and rejects what was tampered with.

/** The number in what a peer gave: this package's result, or the payload itself. */
export const numberIn = ({ nationalNumber, purePhoneNumber, mobile }) => nationalNumber ?? purePhoneNumber ?? mobile;

/** What is wrong with a peer's work, as sentences; none where it agrees. */
export async function disagreements(peer, work, { keys, inputs, tampered }) {
  const wrong = [];
  const open = peer[work](keys);
  for (const { number, ...input } of inputs) {
    try {
      const match = numberIn(await open(input));
      if (match !== number) wrong.push(`${peer.name}, ${work}: ${match} came out in place of ${number}`);
    } catch (error) {
      wrong.push(`${peer.name}, ${work}: ${number} was rejected: ${error.message ?? error}`);
    }
  }
  for (const [change, input] of Object.entries(tampered)) {
    try {
      await open(input);
      wrong.push(`${peer.name}, ${work}: not rejected: ${change}`);
    } catch {
      // As it must be.
    }
  }
  return wrong;
}
