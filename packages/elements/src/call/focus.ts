import type { Targeting } from '@multiline/core';
import type { Choice } from './choice.ts';
import type { LiveControl } from './controls.ts';

/** The controls of a call that can have the focus. */
export type CallControl = Choice | LiveControl;

/** The control that opened the panel of targets, and gets the focus back from it. */
const OPENERS: Readonly<Record<Targeting['purpose'], CallControl>> = {
  transfer: 'transfer',
  conference: 'add',
  redirect: 'redirect',
};

/** Which control has the focus, or had it before it opened what has it now. */
export function controlOf(active: Element | null, purpose: Targeting['purpose'] | null): CallControl | null {
  switch (active?.localName) {
    case 'ml-dialpad':
      return 'keypad';
    case 'ml-call-target':
      return OPENERS[purpose ?? 'transfer'];
    default:
      return (active?.id as CallControl | undefined) || null;
  }
}

/** Puts the focus on a control, or on what has taken its place. Answers whether there was one. */
export function focusOn(root: ParentNode, control: CallControl): boolean {
  const panel = root.querySelector<HTMLElement>('ml-call-target');
  if (panel && control !== 'answer') {
    panel.focus();
    return true;
  }
  const order: readonly CallControl[] =
    control === 'hang-up' || control === 'decline' ? [control, 'hang-up'] : [control, 'mute', 'answer', 'hang-up'];
  for (const id of order) {
    const button = root.querySelector<HTMLButtonElement>(`#${id}:not(:disabled)`);
    button?.focus();
    if (button) return true;
  }
  return false;
}
