/** Nobody registers further API modules with this build. */
export default { emit() {} };
