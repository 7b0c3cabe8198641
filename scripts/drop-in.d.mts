export function ensureDropIn(): Promise<void>;
