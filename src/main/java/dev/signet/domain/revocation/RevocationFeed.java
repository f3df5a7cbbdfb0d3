package dev.signet.domain.revocation;

import dev.signet.base.paging.Cursors;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.TokenSigner;
import dev.signet.domain.revocation.RevocationLog.Part;
import dev.signet.domain.revocation.RevocationLog.Position;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The revocations as signed documents, for resource servers that verify tokens offline. */
@Shared
public class RevocationFeed {
  private static final String TYPE = "revocations+jwt";
  private static final int MOST = 1_000;

  private final RevocationLog log;
  private final TokenSigner signer;
  private final TokenSettings settings;
  private final Clock clock;

  @Inject
  RevocationFeed(RevocationLog log, TokenSigner signer, TokenSettings settings, Clock clock) {
    this.log = log;
    this.signer = signer;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Returns the next part of the feed, signed. It repeats the last few seconds of the previous
   * part.
   *
   * @param since the {@code next} of the previous part
   * @throws Refusal {@link Problem#INVALID_INPUT}, field {@code since}
   */
  public String read(Optional<String> since) {
    Part part = log.read(since.map(RevocationFeed::position).orElse(Position.START), MOST);
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", settings.issuer());
    claims.put("iat", clock.instant().getEpochSecond());
    claims.put("next", cursor(part.next()));
    claims.put("more", !part.isLast());
    claims.put("revocations", part.revocations().stream().map(RevocationFeed::claims).toList());
    return signer.sign(TYPE, claims);
  }

  private static Map<String, Object> claims(Revocation revocation) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("kind", revocation.kind().text());
    claims.put(revocation.kind().claim(), revocation.subject());
    revocation.notBefore().ifPresent(seconds -> claims.put("not_before", seconds));
    claims.put("expires_at", revocation.expiresAt().getEpochSecond());
    return claims;
  }

  private static Position position(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      List<String> parts = List.of(text.split(" ", -1));
      if (parts.size() == 2 || parts.size() == 3) {
        return new Position(
            Cursors.time(parts.get(0)),
            Long.parseLong(parts.get(1)),
            parts.size() == 3 ? Optional.of(Cursors.time(parts.get(2))) : Optional.empty());
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // A malformed cursor is refused below.
    }
    throw Refusal.of(
        Problem.INVALID_INPUT, "since", "must be the value of next from a previous response");
  }

  private static String cursor(Position position) {
    String text =
        Cursors.text(position.createdAt())
            + " "
            + position.id()
            + position.restart().map(time -> " " + Cursors.text(time)).orElse("");
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
