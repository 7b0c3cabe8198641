/** An element of a document, as much of it as is asked for. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its text and that of everything in it. */
  readonly text: string;
}

interface Open {
  readonly tag: string;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const TOKEN =
  /<\?[^>]*\?>|<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }));

/**
 * Reads a small XML document without document type. A page that demands Trusted Types forbids `DOMParser`, and a server's
 * document needs no more than elements, attributes and text. null for what is not well-formed.
 */
export function readXml(document: string): XmlElement | null {
  const stack: Open[] = [{ tag: '', attributes: new Map(), children: [], text: '' }];
  let read = 0;
  for (const match of document.matchAll(TOKEN)) {
    read = match.index + match[0].length;
    const [, verbatim, closing, tag, attributes = '', empty, text] = match;
    const inner = stack.at(-1);
    if (!inner) return null;
    if (verbatim !== undefined || text !== undefined) inner.text += verbatim ?? plain(text ?? '');
    if (tag === undefined) continue;
    if (!closing) stack.push({ tag, attributes: attributesOf(attributes), children: [], text: '' });
    if ((closing || empty) && !close(stack, tag)) return null;
  }
  const [outermost] = stack;
  const whole = read === document.length && stack.length === 1 && outermost?.text.trim() === '';
  return whole && outermost.children.length === 1 ? (outermost.children[0] ?? null) : null;
}

/** The innermost element ends; false when another one does. */
function close(stack: Open[], tag: string): boolean {
  const inner = stack.at(-1);
  const outer = stack.at(-2);
  if (!outer || inner?.tag !== tag) return false;
  stack.pop();
  outer.children.push({ name: local(tag), attributes: inner.attributes, children: inner.children, text: inner.text });
  if (stack.length > 1) outer.text += inner.text;
  return true;
}

function attributesOf(written: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single] of written.matchAll(ATTRIBUTE))
    found.set(name, plain(double ?? single ?? ''));
  return found;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

function plain(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES.get(String(name)) ?? whole;
    const point = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
