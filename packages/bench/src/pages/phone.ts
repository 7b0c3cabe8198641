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
  /** What the button `Call` does. */
  dial(): void;
  /** Resolves when a call rings that comes in. */
  ringing(): Promise<void>;
  /** What the button `Answer` does with it. */
  answer(): void;
  hangUp?(): Promise<void>;
}

/** The call that rings, or is about to. */
export class Ringing<Call> {
  readonly call: Promise<Call>;
  rings!: (call: Call) => void;

  constructor() {
    this.call = new Promise((resolve) => (this.rings = resolve));
  }
}

/** Puts a phone behind the page's buttons, and where the benchmark finds it. */
export function offer(phone: Phone): void {
  Object.assign(globalThis, { phone });
  document.querySelector('#call')?.addEventListener('click', () => phone.dial());
  document.querySelector('#answer')?.addEventListener('click', () => phone.answer());
}
