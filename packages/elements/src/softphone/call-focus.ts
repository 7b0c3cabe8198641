import type { MlCallNotes } from '../call-notes/call-notes.ts';
import type { MlCall } from '../call/call.ts';
import type { CallControl } from '../call/focus.ts';

/** The control of a call that has the focus. */
export interface CallFocus {
  readonly callId: string;
  readonly control: CallControl;
}

/** Where the focus is among the calls of this tree; elsewhere in it, the first control of any call is next. */
export function callFocus(root: ShadowRoot): CallFocus | null {
  const call = [...root.querySelectorAll<MlCall>('ml-call')].find((one) => one === root.activeElement);
  const control = call?.focusedControl;
  if (call && control) return { callId: call.callId, control };
  return root.activeElement && { callId: '', control: 'mute' };
}

/**
 * When what had the focus goes, it goes on to the same place of the next state: Answer → Mute, Hang up → Call notes.
 *
 * @param otherwise where it goes if there is no such place
 */
export async function keepCallFocus(
  root: ShadowRoot,
  { callId, control }: CallFocus,
  otherwise: () => void,
): Promise<void> {
  const calls = [...root.querySelectorAll<MlCall>('ml-call')];
  await Promise.all(calls.map((call) => call.updateComplete));
  if (root.activeElement) return;
  const same = calls.find((call) => call.callId === callId);
  if (same?.focusControl(control)) return;
  const notes = root.querySelector<MlCallNotes>('ml-call-notes');
  await notes?.updateComplete;
  const other = calls.find((call) => call.callId !== callId);
  if (other?.focusControl('mute')) return;
  if (notes) notes.focus();
  else otherwise();
}
