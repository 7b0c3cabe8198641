/** Only bulk data comes as CSV, and bulk is left out: the text stays text. */
export const parseCSV = (text) => text;
export const parseCSVStream = () => absent();
export const serializeCSVStream = () => absent();
export const toCSV = () => absent();

function absent() {
  throw new Error('jsforce: CSV is left out of this build');
}
