/** Signing in is the integrator's: a connection of this build gets its tokens from outside, by `refreshFn`. */
export default class OAuth2 {
  requestToken() {
    throw new Error('jsforce: OAuth2 is left out of this build');
  }

  refreshToken = this.requestToken;
  authenticate = this.requestToken;
  revokeToken = this.requestToken;
}
