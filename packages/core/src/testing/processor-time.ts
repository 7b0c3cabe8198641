/** How long something took (ms of processor time): whatever else the machine does is left out. */
export function processorMs(act: () => void): number {
  const began = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}
