package dev.signet.endpoint.authorize;

import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.ClientDirectory;
import dev.signet.web.body.Form;
import dev.signet.web.page.MessagePage;
import dev.signet.web.page.Pages;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/**
 * Shows errors of authorization requests that cannot be returned to the client (RFC 6749, section
 * 4.1.2.1), with a link to start again if the client has registered a URL for that.
 */
@Shared
class RefusedRequests {
  private final ClientDirectory clients;
  private final Pages pages;
  private final String issuer;

  @Inject
  RefusedRequests(ClientDirectory clients, Pages pages, TokenSettings settings) {
    this.clients = clients;
    this.pages = pages;
    issuer = settings.issuer();
  }

  /**
   * Returns the page for an error.
   *
   * @param query of the request, which may be malformed
   */
  Response.ResponseBuilder page(OAuthException refusal, String query, HttpServletRequest http) {
    Form request = readable(query);
    String kind = refusal.error() == OAuthError.INVALID_REQUEST_URI ? "expired" : "request";
    MessagePage page =
        MessagePage.error(
            pages.frame(http, request.text("ui_locales")), kind, Optional.of(refusal.getMessage()));
    return pages.answer(
        400,
        client(request)
            .map(client -> page.withLogin(client.name(), client.loginAddress(issuer)))
            .orElse(page));
  }

  private Optional<Client> client(Form request) {
    return request.texts("client_id").size() == 1
        ? clients.find(request.required("client_id"))
        : Optional.empty();
  }

  private static Form readable(String query) {
    try {
      return Form.ofLink(query);
    } catch (OAuthException e) {
      return new Form(Map.of());
    }
  }
}
