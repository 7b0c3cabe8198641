const STYLES = ['display', 'color', 'backgroundColor', 'fontSize', 'inlineSize', 'blockSize', 'paddingTop'];

/**
 * What a person gets of an element, as plain data: every element inside, shadow roots included, with its text, its name and
 * role, its states and the styles that would be missing first. Two pages that show the same describe the same.
 */
export function describe(element) {
  const style = getComputedStyle(element);
  const inside = element.shadowRoot ?? element;
  return {
    tag: element.localName,
    class: element.className?.baseVal ?? element.className,
    label: element.ariaLabel,
    role: element.role,
    pressed: element.ariaPressed,
    disabled: element.disabled ?? null,
    slot: element.assignedSlot ? element.assignedSlot.name : null,
    style: STYLES.map((name) => `${name}: ${style[name]}`),
    text: [...inside.childNodes]
      .filter(({ nodeType }) => nodeType === 3)
      .map(({ data }) => data.trim())
      .filter((text) => text !== ''),
    children: [...inside.children].filter(({ localName }) => localName !== 'style').map(describe),
  };
}
