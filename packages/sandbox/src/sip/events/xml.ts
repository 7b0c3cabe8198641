const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text made safe inside XML, in elements and in attributes; what XML cannot carry at all is left out. */
export function xmlText(text: string): string {
  return text.replace(/[&<>"']|[^\t\n\r -\u{10ffff}]/gu, (sign) => ENTITIES[sign] ?? '');
}
