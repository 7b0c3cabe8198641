let current: ShadowRootMode = 'open';

/** Whether the elements' shadow roots are open or closed; holds for elements made afterwards. */
export function setShadowMode(mode: ShadowRootMode): void {
  current = mode;
}

/** The mode in force. */
export function shadowMode(): ShadowRootMode {
  return current;
}
