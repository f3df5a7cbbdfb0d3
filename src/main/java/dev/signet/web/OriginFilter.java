package dev.signet.web;

import dev.signet.origin.Origin;
import dev.signet.origin.Sources;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Notes where a request comes from, and gives it an identifier, which the answer repeats. A trusted
 * proxy may have given it one already. Declared in {@code web.xml}, to come first.
 */
public class OriginFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String CORRELATION = "X-Request-Id";
  private static final Pattern USUAL = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  @Inject private transient Sources sources;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Origin origin = origin(request);
    response.setHeader(CORRELATION, origin.correlation());
    origin.enter();
    try {
      chain.doFilter(request, response);
    } finally {
      Origin.leave();
    }
  }

  private Origin origin(HttpServletRequest request) {
    String peer = request.getRemoteAddr();
    return new Origin(
        Optional.of(sources.of(peer, Collections.list(request.getHeaders(sources.header())))),
        correlation(request, peer),
        () -> BearerAuthentication.caller(request).map(CallerToken::getSubject));
  }

  private String correlation(HttpServletRequest request, String peer) {
    String given = request.getHeader(CORRELATION);
    return given != null && USUAL.matcher(given).matches() && sources.isTrusted(peer)
        ? given
        : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
