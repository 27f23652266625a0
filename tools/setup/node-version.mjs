/** The oldest Node.js the project runs on, as `engines` in package.json has it. */
export const NODE_VERSION_MIN = [20, 19];

/**
 * What is wrong with this Node.js, or nothing. It is asked before anything else is loaded, so that an old Node.js
 * gets this sentence and not the syntax error of some dependency.
 *
 * @param {string} version such as "20.19.0"
 * @returns {string | undefined}
 */
export function nodeVersionProblem(version) {
  const [majorFound = 0, minorFound = 0] = version.split(".").map(Number);
  const [major = 0, minor = 0] = NODE_VERSION_MIN;
  if (majorFound > major || (majorFound === major && minorFound >= minor)) return undefined;
  return (
    `Lockstep needs Node.js ${major}.${minor} or newer, and this is Node.js ${version}. ` +
    "Install a current Node.js (20, 22 or 24) and run the command again."
  );
}
