package dev.signet.endpoint.authorize;

import dev.signet.base.oauth.OAuthException;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.web.page.FormPostPage;
import dev.signet.web.page.Hidden;
import dev.signet.web.page.Pages;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Redirects the browser to the client with the authorization response, which identifies the issuer
 * (RFC 9207).
 */
@Shared
class Answers {
  private final Pages pages;
  private final String issuer;

  @Inject
  Answers(Pages pages, TokenSettings settings) {
    this.pages = pages;
    issuer = settings.issuer();
  }

  /** RFC 6749, section 4.1.2. */
  Response.ResponseBuilder code(ReturnAddress to, OpaqueToken code, HttpServletRequest http) {
    return answer(to, Map.of("code", code.value()), http);
  }

  /** RFC 6749, section 4.1.2.1. */
  Response.ResponseBuilder error(
      ReturnAddress to, OAuthException refusal, HttpServletRequest http) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("error", refusal.error().text());
    members.put("error_description", refusal.getMessage());
    return answer(to, members, http);
  }

  private Response.ResponseBuilder answer(
      ReturnAddress to, Map<String, String> members, HttpServletRequest http) {
    Map<String, String> all = new LinkedHashMap<>(members);
    to.state().ifPresent(state -> all.put("state", state));
    all.put("iss", issuer);
    return switch (to.mode()) {
      case QUERY -> Pages.redirect(withQuery(to.uri(), all));
      case FORM_POST -> {
        List<Hidden> fields =
            all.entrySet().stream().map(m -> new Hidden(m.getKey(), m.getValue())).toList();
        yield pages.answer(
            200, new FormPostPage(pages.frame(http, to.uiLocales()), to.uri(), fields));
      }
    };
  }

  private static String withQuery(String uri, Map<String, String> members) {
    String query =
        members.entrySet().stream()
            .map(member -> encode(member.getKey()) + "=" + encode(member.getValue()))
            .collect(Collectors.joining("&"));
    return uri + (uri.contains("?") ? "&" : "?") + query;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
