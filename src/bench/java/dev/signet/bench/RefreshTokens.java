package dev.signet.bench;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The refresh tokens that the users hold: each is used once, for the next one. */
final class RefreshTokens {
  private static final Pattern TOKEN = Pattern.compile("\"refresh_token\":\"(?<token>[^\"]+)\"");

  private final Queue<String> tokens = new ConcurrentLinkedQueue<>();

  /** Keeps the token of an answer; a refusal has none. */
  void keep(String answer) {
    Matcher token = TOKEN.matcher(answer);
    if (token.find()) {
      tokens.add(token.group("token"));
    }
  }

  /** The same for an OAuth client. */
  String spendAsForm() {
    return "grant_type=refresh_token&refresh_token=" + tokens.poll();
  }

  /** A body with a token, which nobody else gets. */
  String spend() {
    return "{\"refresh_token\":\"" + tokens.poll() + "\"}";
  }
}
