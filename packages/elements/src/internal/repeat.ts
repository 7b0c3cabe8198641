import type { ChildPart } from 'lit';
import { directive } from 'lit/directive.js';
import type { DirectiveClass, PartInfo } from 'lit/directive.js';
import { getCommittedValue, getDirectiveClass } from 'lit/directive-helpers.js';
import { repeat as litsRepeat } from 'lit/directives/repeat.js';
import type { RepeatDirective, RepeatDirectiveFn } from 'lit/directives/repeat.js';

/** Lit's own class, whatever the rows are made of. */
type Class = new (part: PartInfo) => Omit<RepeatDirective, 'update'> & {
  update(part: ChildPart, props: unknown[]): unknown;
};

class Repeat extends (getDirectiveClass(litsRepeat([], () => '')) as unknown as Class) {
  override update(part: ChildPart, props: unknown[]): unknown {
    const committed = getCommittedValue(part);
    const before: ChildPart[] = Array.isArray(committed) ? [...(committed as ChildPart[])] : [];
    const after = super.update(part, props);
    for (const { startNode, endNode } of before) if (!startNode?.parentNode) (endNode as ChildNode | null)?.remove();
    return after;
  }
}

/**
 * Lit's `repeat`, without the comment that each row which goes would leave behind: over a long day they would be many
 * (https://github.com/lit/lit/issues/5298).
 */
export const repeat = directive(Repeat as unknown as DirectiveClass) as unknown as RepeatDirectiveFn;
