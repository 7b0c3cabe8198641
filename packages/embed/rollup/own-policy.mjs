/**
 * Our Lit asks for the Trusted Types policy `multiline` instead of `lit-html`: a page may have a Lit of its own, and under a
 * strict `trusted-types` each name can be taken once.
 */
export function ownPolicy() {
  let renamed = 0;
  return {
    name: 'own-policy',
    buildStart() {
      renamed = 0;
    },
    transform(code, id) {
      if (!/[\\/]lit-html[\\/](development[\\/])?lit-html\.js$/.test(id)) return null;
      const parts = code.split(/createPolicy\((["'])lit-html\1/);
      if (parts.length !== 3) this.error('lit-html no longer creates its policy as it did.');
      if (++renamed > 1) this.error(`A second lit-html: ${id}`);
      return { code: `${parts[0]}createPolicy("multiline"${parts[2]}`, map: null };
    },
    buildEnd(error) {
      if (!error && renamed === 0 && this.getModuleIds && [...this.getModuleIds()].some((id) => id.includes('/lit/')))
        this.error('No lit-html was found to rename the policy of.');
    },
  };
}
