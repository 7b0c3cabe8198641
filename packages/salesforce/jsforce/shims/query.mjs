/** jsforce's builder of queries: ours come as text, through `Connection.request`. */
export default class Query {
  constructor() {
    throw new Error('jsforce: queries by object are left out of this build');
  }
}

export const ResponseTargets = {};
