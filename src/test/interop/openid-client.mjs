// A web application with a secret, by openid-client as it comes.
import * as client from 'openid-client';
import { check, done, letIn, open } from './person.mjs';

const { ISSUER, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI } = process.env;

const config = await client.discovery(
  new URL(ISSUER),
  CLIENT_ID,
  undefined,
  client.ClientSecretBasic(CLIENT_SECRET),
  { execute: [client.allowInsecureRequests] },
);
check(config.serverMetadata().issuer === ISSUER, 'discovery');

const login = async (build, options) => {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const expectedNonce = client.randomNonce();
  const url = await build({
    redirect_uri: REDIRECT_URI,
    scope: 'openid profile email',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
  });
  return client.authorizationCodeGrant(
    config,
    await open(url),
    { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true },
    undefined,
    options,
  );
};

const tokens = await login((parameters) => client.buildAuthorizationUrl(config, parameters));
const { sub } = tokens.claims();
check(sub.length > 0, 'code flow with PKCE, state, nonce and iss');

const person = await client.fetchUserInfo(config, tokens.access_token, sub);
check(person.preferred_username.length > 0, 'userinfo');

const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token);
check(refreshed.access_token !== tokens.access_token, 'refresh');
check(refreshed.refresh_token !== tokens.refresh_token, 'rotation');

const told = await client.tokenIntrospection(config, refreshed.access_token);
check(told.active && told.sub === sub, 'introspection');

await client.tokenRevocation(config, refreshed.refresh_token);
const gone = await client.tokenIntrospection(config, refreshed.access_token);
check(!gone.active, 'revocation');

const pushed = await login((parameters) => client.buildAuthorizationUrlWithPAR(config, parameters));
check(pushed.claims().sub === sub, 'a pushed authorization request');

const device = await client.initiateDeviceAuthorization(config, { scope: 'openid profile' });
check(device.user_code.length > 0, 'device authorization');
await letIn(device.verification_uri_complete);
const letInTokens = await client.pollDeviceAuthorizationGrant(config, device);
check(letInTokens.claims().sub === sub, 'device grant');

const own = await client.clientCredentialsGrant(config, { scope: 'profile' });
check(own.token_type === 'bearer' && own.scope === 'profile', 'client credentials');

const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
const bound = await login((parameters) => client.buildAuthorizationUrl(config, parameters), { DPoP });
check(bound.token_type === 'dpop', 'a token bound by DPoP');
const shown = await client.fetchUserInfo(config, bound.access_token, sub, { DPoP });
check(shown.sub === sub, 'userinfo with DPoP');

done();
