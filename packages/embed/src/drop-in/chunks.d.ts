/** The chunks of the build before, as `packages/embed/rollup/chunk-table.mjs` writes them down. */
declare module 'virtual:chunks' {
  /** File beside the script → its hash for `integrity`, and the files it imports. */
  export const chunks: Readonly<Record<string, readonly [integrity: string, needs: readonly string[]]>>;
  /** What draws the first elements. */
  export const first: string;
  /** The core and the rest of the phone. */
  export const desk: string;
}

// The elements in groups, as `packages/embed/rollup/element-groups.mjs` parts them.

declare module 'virtual:first-elements';
declare module 'virtual:phone-parts';

declare module 'virtual:later-elements' {
  /** Tag → its element's module. */
  export const later: Readonly<Record<string, () => Promise<object>>>;
}
