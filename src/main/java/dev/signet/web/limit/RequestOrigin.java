package dev.signet.web.limit;

import dev.signet.base.origin.Origin;
import dev.signet.base.origin.Sources;
import dev.signet.base.wiring.Shared;
import dev.signet.web.caller.CallerToken;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Determines the origin of a request, and assigns a request ID unless a trusted proxy has assigned
 * one.
 */
@Shared
public class RequestOrigin {
  public static final String CORRELATION = "X-Request-Id";
  private static final Pattern USUAL = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Sources sources;

  @Inject
  public RequestOrigin(Sources sources) {
    this.sources = sources;
  }

  public Origin of(HttpServletRequest request) {
    String peer = request.getRemoteAddr();
    return new Origin(
        Optional.of(sources.of(peer, Collections.list(request.getHeaders(sources.header())))),
        Objects.requireNonNullElse(request.getHeader("User-Agent"), ""),
        correlation(request, peer),
        () -> actor(request));
  }

  /** Returns the user of the token, whether Signet or the server verified it. */
  private static Optional<String> actor(HttpServletRequest request) {
    Optional<String> known = CallerToken.of(request).map(CallerToken::getSubject);
    return known.isEmpty() && request.getUserPrincipal() instanceof JsonWebToken token
        ? Optional.ofNullable(token.getSubject())
        : known;
  }

  private String correlation(HttpServletRequest request, String peer) {
    String given = request.getHeader(CORRELATION);
    return given != null && USUAL.matcher(given).matches() && sources.isTrusted(peer)
        ? given
        : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
