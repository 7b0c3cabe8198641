/** Where a page's phone is and whom it calls. */
export interface PhoneSettings {
  /** The WebSocket of the SIP server. */
  readonly server: string;
  readonly user: string;
  readonly password: string;
  /** Whom the button calls. */
  readonly target: string;
  readonly iceServers: RTCIceServer[];
}

/** A page's phone as the benchmark drives it. */
export interface Phone {
  /** Connects and registers. */
  register(settings: PhoneSettings): Promise<void>;
  /** What an idle phone may do before somebody dials. Where it is absent there is nothing of the kind. */
  prepare?(): void;
  /** What the button does. */
  dial(): void;
  hangUp?(): Promise<void>;
}

/** Puts a phone behind the page's button, and where the benchmark finds it. */
export function offer(phone: Phone): void {
  Object.assign(globalThis, { phone });
  document.querySelector('#call')?.addEventListener('click', () => phone.dial());
}
