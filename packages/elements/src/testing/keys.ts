import { sendKeys } from '@web/test-runner-commands';

/** The browser gives a key to the page in front; a page behind another, on a busy machine, now and then gets none of it. */
const TRIES = 3;

/** A real key, pressed until the page has heard of it. */
export async function pressKey(press: string): Promise<void> {
  let heard = false;
  const hear = (): void => {
    heard = true;
  };
  addEventListener('keydown', hear, { capture: true, once: true });
  for (let tries = 0; !heard && tries < TRIES; tries++) await sendKeys({ press });
  removeEventListener('keydown', hear, { capture: true });
}
