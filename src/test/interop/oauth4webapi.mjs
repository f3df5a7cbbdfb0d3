// A single-page app without a secret, and a service that signs assertions, by oauth4webapi as it comes.
import { importJWK } from 'jose';
import * as oauth from 'oauth4webapi';
import { check, done, open } from './person.mjs';

const { ISSUER, CLIENT_ID, REDIRECT_URI, SERVICE_ID, SERVICE_KEY, SERVICE_AUDIENCE } = process.env;
const insecure = { [oauth.allowInsecureRequests]: true };

const issuer = new URL(ISSUER);
const as = await oauth.processDiscoveryResponse(
  issuer,
  await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure }),
);
check(as.issuer === ISSUER, 'metadata of RFC 8414');

const app = { client_id: CLIENT_ID };
const verifier = oauth.generateRandomCodeVerifier();
const state = oauth.generateRandomState();
const nonce = oauth.generateRandomNonce();
const url = new URL(as.authorization_endpoint);
url.search = new URLSearchParams({
  client_id: CLIENT_ID,
  redirect_uri: REDIRECT_URI,
  response_type: 'code',
  scope: 'openid profile',
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state,
  nonce,
});
const answer = oauth.validateAuthResponse(as, app, await open(url), state);
const response = await oauth.authorizationCodeGrantRequest(
  as, app, oauth.None(), answer, REDIRECT_URI, verifier, insecure,
);
const tokens = await oauth.processAuthorizationCodeResponse(as, app, response, {
  expectedNonce: nonce,
  requireIdToken: true,
});
await oauth.validateApplicationLevelSignature(as, response, insecure);
const { sub } = oauth.getValidatedIdTokenClaims(tokens);
check(sub.length > 0, 'code flow of a public client, with the signature of the ID token');

const userinfo = await oauth.processUserInfoResponse(
  as, app, sub, await oauth.userInfoRequest(as, app, tokens.access_token, insecure),
);
check(userinfo.sub === sub, 'userinfo');

const refreshed = await oauth.processRefreshTokenResponse(
  as, app, await oauth.refreshTokenGrantRequest(as, app, oauth.None(), tokens.refresh_token, insecure),
);
check(refreshed.refresh_token !== tokens.refresh_token, 'rotation');
await oauth.processRevocationResponse(
  await oauth.revocationRequest(as, app, oauth.None(), refreshed.refresh_token, insecure),
);
const after = await oauth.refreshTokenGrantRequest(
  as, app, oauth.None(), refreshed.refresh_token, insecure,
);
check((await after.json()).error === 'invalid_grant', 'revocation');

const service = { client_id: SERVICE_ID };
const jwk = JSON.parse(SERVICE_KEY);
const key = { key: await importJWK(jwk, 'ES256'), kid: jwk.kid };
const own = await oauth.processClientCredentialsResponse(
  as,
  service,
  await oauth.clientCredentialsGrantRequest(
    as, service, oauth.PrivateKeyJwt(key), { scope: 'orders:read' }, insecure,
  ),
);
check(own.scope === 'orders:read', 'client credentials by private_key_jwt');

const claims = await oauth.validateJwtAccessToken(
  as,
  new Request('https://orders.example.org/', {
    headers: { authorization: `Bearer ${own.access_token}` },
  }),
  SERVICE_AUDIENCE,
  insecure,
);
check(claims.client_id === SERVICE_ID, 'the access token, as RFC 9068 has it');

done();
