// The person at the browser is the test that runs these scripts: it is told what to open on standard
// output, and says on standard input where it was sent back to.
import { createInterface } from 'node:readline';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const ask = async (what, url) => {
  console.log(`${what} ${url}`);
  const { value, done } = await lines.next();
  if (done) throw new Error('nobody answers');
  return value;
};

/** Somebody logs in and agrees; returns the address that the browser was sent back to. */
export const open = async (url) => new URL(await ask('open', url));

/** Somebody lets a device in. */
export const letIn = (url) => ask('let-in', url);

export const check = (condition, what) => {
  if (!condition) throw new Error(`not so: ${what}`);
  console.log(`passed ${what}`);
};

/** Ends the script although the test still listens. */
export const done = () => process.exit(0);
