"""A web application with a secret, by Authlib as Debian packages it.

The person at the browser is the test that runs this: it is told what to open on standard output,
and says on standard input where it was sent back to.
"""

import os
import sys

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, JsonWebToken
from authlib.oidc.core import CodeIDToken

ISSUER = os.environ["ISSUER"]
CLIENT_ID = os.environ["CLIENT_ID"]
CLIENT_SECRET = os.environ["CLIENT_SECRET"]
REDIRECT_URI = os.environ["REDIRECT_URI"]

# The test server speaks plain HTTP on this machine.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"


def check(condition, what):
    if not condition:
        sys.exit(f"not so: {what}")
    print("passed", what)


def open_in_browser(url):
    print("open", url, flush=True)
    return sys.stdin.readline().strip()


metadata = requests.get(ISSUER + "/.well-known/openid-configuration", timeout=30).json()
check(metadata["issuer"] == ISSUER, "discovery")


app = OAuth2Session(
    CLIENT_ID,
    CLIENT_SECRET,
    scope="openid profile email",
    redirect_uri=REDIRECT_URI,
    token_endpoint_auth_method="client_secret_basic",
    code_challenge_method="S256",
)


def log_in():
    verifier = generate_token(48)
    nonce = generate_token()
    url, state = app.create_authorization_url(
        metadata["authorization_endpoint"], code_verifier=verifier, nonce=nonce
    )
    tokens = app.fetch_token(
        metadata["token_endpoint"],
        authorization_response=open_in_browser(url),
        state=state,
        code_verifier=verifier,
    )
    keys = JsonWebKey.import_key_set(requests.get(metadata["jwks_uri"], timeout=30).json())
    claims = JsonWebToken(metadata["id_token_signing_alg_values_supported"]).decode(
        tokens["id_token"],
        keys,
        claims_cls=CodeIDToken,
        claims_options={
            "iss": {"essential": True, "value": ISSUER},
            "aud": {"essential": True, "value": CLIENT_ID},
        },
        claims_params={
            "nonce": nonce,
            "client_id": CLIENT_ID,
            "access_token": tokens["access_token"],
        },
    )
    claims.validate()
    return tokens, claims


tokens, claims = log_in()
check(claims["sub"], "code flow with PKCE, state and nonce; ID token with at_hash")

person = app.get(metadata["userinfo_endpoint"]).json()
check(person["sub"] == claims["sub"] and person["preferred_username"], "userinfo")

refreshed = app.refresh_token(metadata["token_endpoint"])
check(refreshed["refresh_token"] != tokens["refresh_token"], "refresh with rotation")


def introspect(token):
    return app.introspect_token(metadata["introspection_endpoint"], token=token).json()


check(introspect(refreshed["access_token"])["active"], "introspection")
gone = app.revoke_token(
    metadata["revocation_endpoint"],
    token=refreshed["refresh_token"],
    token_type_hint="refresh_token",
)
check(gone.status_code == 200, "revocation")
check(not introspect(refreshed["access_token"])["active"], "what is revoked is not active")

own = app.fetch_token(
    metadata["token_endpoint"], grant_type="client_credentials", scope="profile"
)
check(own["scope"] == "profile", "client credentials")
