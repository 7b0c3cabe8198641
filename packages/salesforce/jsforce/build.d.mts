/** jsforce's version, its modules reached, the shims asked for. */
export interface JsforceGraph {
  readonly version: string;
  readonly shims: readonly string[];
  readonly modules: readonly string[];
}

export const SHIMS: Readonly<Record<string, string>>;
export function bundleJsforce(): Promise<{ code: string; graph: JsforceGraph }>;
/** Makes dist/jsforce.js unless the one there was made from the same inputs. */
export function ensureJsforce(): Promise<void>;
