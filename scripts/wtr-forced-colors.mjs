/**
 * Lets a browser test see a page as a contrast theme of Windows shows it, and still:
 * `executeServerCommand('forced-colors', true)`, and `false` for the page's own colors again.
 */
export function forcedColorsPlugin() {
  const protocols = new WeakMap();
  return {
    name: 'forced-colors',
    async executeCommand({ command, payload, session }) {
      if (command !== 'forced-colors') return undefined;
      const page = session.browser.getPage(session.id);
      if (!protocols.has(page)) protocols.set(page, await page.createCDPSession());
      await protocols.get(page).send('Emulation.setEmulatedMedia', {
        features: [
          { name: 'forced-colors', value: payload ? 'active' : 'none' },
          { name: 'prefers-reduced-motion', value: 'reduce' },
        ],
      });
      return { forced: payload };
    },
  };
}
