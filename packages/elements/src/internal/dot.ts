/** Between two parts of a line; it stays with the one before it, so that no line begins with it. */
export const DOT = '\u00A0· ';
