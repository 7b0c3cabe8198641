/** Stands for what no call of ours reaches (XML, multipart forms, approval processes): making one fails, loading it does not. */
export default class Absent {
  static parseStringPromise() {
    throw new Error('jsforce: XML is left out of this build');
  }
}
