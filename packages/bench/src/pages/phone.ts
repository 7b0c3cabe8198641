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
  ringing?(): Promise<void>;
  /** What the button `Answer` does with it. */
  answer?(): void;
  /** Resolves when the dialed call is answered. */
  answered?(): Promise<void>;
  hangUp?(): Promise<void>;
}

/** Whose call it is: the least any application shows. */
const screen = document.createElement('output');
let shownAt = 0;

/** The calls that come in, one after the other. Nothing is kept of one that has been taken. */
export class Ringing<Call> {
  #next = awaited<Call>();

  /** The call that rings, or the next one. */
  get call(): Promise<Call> {
    return this.#next.promise;
  }

  /** A call comes in; its number goes into the document. */
  rings(call: Call, number: string): void {
    screen.textContent = number;
    shownAt = performance.now();
    this.#next.resolve(call);
  }

  /** The call that rings, to be answered: from now on the next one is waited for. */
  take(): Promise<Call> {
    const { promise } = this.#next;
    this.#next = awaited();
    return promise;
  }
}

function awaited<Value>(): { readonly promise: Promise<Value>; resolve(value: Value): void } {
  let resolve!: (value: Value) => void;
  return { promise: new Promise<Value>((done) => (resolve = done)), resolve: (value) => resolve(value) };
}

/** Puts a phone behind the page's buttons, and where the benchmark finds it. */
export function offer(phone: Phone): void {
  document.body.append(screen);
  /** When (`performance.now()`) the number of the last call that came in was in the document. */
  Object.assign(globalThis, { phone: { ...phone, shownAt: () => shownAt } });
  document.querySelector('#call')?.addEventListener('click', () => phone.dial());
  document.querySelector('#answer')?.addEventListener('click', () => phone.answer?.());
}
