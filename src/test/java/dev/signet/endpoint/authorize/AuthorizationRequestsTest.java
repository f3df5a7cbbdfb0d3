package dev.signet.endpoint.authorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.Settings;
import dev.signet.domain.client.Clients;
import dev.signet.domain.client.TestRegistration;
import dev.signet.domain.code.PushedRequests;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthorizationRequestsTest {
  /** PostgreSQL refuses a NUL, and the request would fail. */
  @Test
  void pushedRequestOfWhatIsNoClientIsNotLookedFor() {
    PushedRequests pushed =
        new PushedRequests() {
          @Override
          public Optional<String> find(
              OpaqueToken reference, String clientId, OpaqueToken browser) {
            throw new AssertionError(clientId);
          }
        };
    AuthorizationRequests requests =
        new AuthorizationRequests(
            TestRegistration.directory(new Clients()),
            pushed,
            null,
            Settings.read(key -> Optional.empty()));

    OAuthException refused =
        assertThrows(
            OAuthException.class,
            () ->
                requests.parameters(
                    "client_id=%00&request_uri=urn:ietf:params:oauth:request_uri:x",
                    OpaqueToken.random()));

    assertEquals(OAuthError.INVALID_REQUEST_URI, refused.error());
  }
}
