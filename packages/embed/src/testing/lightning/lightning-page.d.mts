/** The scripts of a Lightning page. */
export interface LightningPage {
  /** LWC and Lightning Web Security, which defines `define()`. */
  readonly platform: string;
  /** The component that hosts our elements, as an AMD module. */
  readonly component: string;
}

export function buildLightningPage(): Promise<LightningPage>;
