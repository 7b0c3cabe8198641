/** The chunks of the build before, as `packages/embed/rollup/chunk-table.mjs` writes them down. */
declare module 'virtual:chunks' {
  /** File beside the script → its hash for `integrity`, and the files it imports. */
  export const chunks: Readonly<Record<string, readonly [integrity: string, needs: readonly string[]]>>;
  /** The chunk with the core and the phone. */
  export const main: string;
  /** Elements that are not in it: tag → chunk. */
  export const tags: Readonly<Record<string, string>>;
}
