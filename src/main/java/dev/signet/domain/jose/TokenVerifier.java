package dev.signet.domain.jose;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.signet.base.secret.Digest;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.InvalidToken.Reason;
import dev.signet.domain.keys.KeyRing;
import dev.signet.domain.keys.Keys;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies access tokens according to RFC 9068, section 4, and RFC 8725: the issuer, the audience,
 * the type, and a key of the ring with its own algorithm; a header that could name another key is
 * refused. Uses no database. Verified tokens are cached, because verifying a signature costs more
 * than a lookup.
 */
@Shared
public class TokenVerifier {
  /** Characters; a token of Signet has under a thousand, unless a user has hundreds of groups. */
  private static final int MAX_LENGTH = 16_384;

  private static final int MAX_HEADER_LENGTH = 1_024;
  private static final int MAX_HEADERS = 64;
  private static final Set<String> HEADER_MEMBERS = Set.of("alg", "typ", "kid");
  private static final List<String> REQUIRED_TEXTS = List.of("sub", "jti", "client_id");

  /** Claims of other kinds of tokens: ID tokens and logout tokens. */
  private static final List<String> FOREIGN = List.of("nonce", "at_hash", "c_hash", "events");

  private final TokenSettings settings;
  private final Clock clock;
  private final long skew;
  private final Keys keys;
  private volatile Checks checks;

  /**
   * The cache of verified tokens for one ring. It is replaced together with its ring: a
   * verification that still uses the old ring stores its result in the old cache.
   */
  private record Checks(
      KeyRing ring,
      Cache<String, CheckedHeader> headers,
      Cache<ByteBuffer, VerifiedToken> verified) {}

  private record CheckedHeader(JWSHeader header, JWSVerifier verifier) {}

  @Inject
  public TokenVerifier(Keys keys, TokenSettings settings, Clock clock) {
    this.keys = keys;
    this.settings = settings;
    this.clock = clock;
    skew = settings.skew().toSeconds();
  }

  /**
   * Checks a token.
   *
   * @throws InvalidToken if any check fails
   */
  public VerifiedToken verify(String token) throws InvalidToken {
    VerifiedToken verified = verifyForAnyAudience(token);
    refuseIfForOthers(verified);
    return verified;
  }

  /**
   * Verifies a token for any audience, for example for introspection. The token does not authorize
   * a request to Signet.
   *
   * @throws InvalidToken if any check other than that of the audience fails
   */
  public VerifiedToken verifyForAnyAudience(String token) throws InvalidToken {
    refuseIfHuge(token);
    Checks current = checks();
    ByteBuffer digest = ByteBuffer.wrap(Digest.sha256(token));
    VerifiedToken known = current.verified().getIfPresent(digest);
    if (known == null) {
      known = check(token, current);
      refuseIfExpired(known.expiresAt());
      current.verified().put(digest, known);
    } else {
      refuseIfExpired(known.expiresAt());
    }
    return known;
  }

  /**
   * Verifies a token that may have expired: it still identifies the session to end at a logout. The
   * token does not authorize other requests.
   *
   * @throws InvalidToken if any other check fails
   */
  public VerifiedToken verifyExpired(String token) throws InvalidToken {
    refuseIfHuge(token);
    VerifiedToken verified = check(token, checks());
    refuseIfForOthers(verified);
    return verified;
  }

  /** Parses a token and explains what {@link #verify} finds wrong with it, if anything. */
  public Inspection inspect(String token) {
    Optional<Reason> reason = Optional.empty();
    try {
      refuseIfHuge(token);
      VerifiedToken verified = check(token, checks());
      refuseIfForOthers(verified);
      refuseIfExpired(verified.expiresAt());
    } catch (InvalidToken e) {
      reason = Optional.of(e.reason());
    }
    String[] parts = token.length() > MAX_LENGTH ? new String[0] : token.split("\\.", -1);
    return new Inspection(reason.isEmpty(), reason, part(parts, 0), part(parts, 1));
  }

  /** Returns the JSON object of a part; empty if it is not readable. */
  private static Map<String, Object> part(String[] parts, int index) {
    if (index >= parts.length) {
      return Map.of();
    }
    try {
      String json = new String(decode(parts[index]), StandardCharsets.UTF_8);
      return HeaderCheck.isObject(json)
          ? Collections.unmodifiableMap(JSONObjectUtils.parse(json))
          : Map.of();
    } catch (ParseException | InvalidToken e) {
      return Map.of();
    }
  }

  private Checks checks() {
    KeyRing ring = keys.ring();
    Checks known = checks;
    if (known == null || known.ring() != ring) {
      known =
          new Checks(
              ring,
              Caffeine.newBuilder().maximumSize(MAX_HEADERS).executor(Runnable::run).build(),
              Caffeine.newBuilder()
                  .maximumSize(settings.cache())
                  // No token is cached longer than the maximum lifetime of a token.
                  .expireAfterWrite(settings.lifetime().plus(Duration.ofMinutes(2)))
                  .executor(Runnable::run)
                  .build());
      checks = known;
    }
    return known;
  }

  private static void refuseIfHuge(String token) throws InvalidToken {
    if (token.length() > MAX_LENGTH) {
      throw new InvalidToken(Reason.MALFORMED);
    }
  }

  private VerifiedToken check(String token, Checks current) throws InvalidToken {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first <= 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
      throw new InvalidToken(Reason.MALFORMED);
    }
    CheckedHeader header = header(token.substring(0, first), current);
    String payload = token.substring(first + 1, second);
    String signature = token.substring(second + 1);
    byte[] claims = decode(payload);
    decode(signature);
    byte[] signed = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
    try {
      if (!header.verifier().verify(header.header(), signed, new Base64URL(signature))) {
        throw new InvalidToken(Reason.SIGNATURE);
      }
    } catch (JOSEException e) {
      throw new InvalidToken(Reason.SIGNATURE);
    }
    return claims(token, claims);
  }

  private CheckedHeader header(String encoded, Checks current) throws InvalidToken {
    CheckedHeader known = current.headers().getIfPresent(encoded);
    if (known != null) {
      return known;
    }
    if (encoded.length() > MAX_HEADER_LENGTH) {
      throw new InvalidToken(Reason.HEADER);
    }
    JWSHeader header;
    try {
      String json = new String(decode(encoded), StandardCharsets.UTF_8);
      if (!HeaderCheck.isObject(json)) {
        throw new InvalidToken(Reason.HEADER);
      }
      header = JWSHeader.parse(json, new Base64URL(encoded));
    } catch (ParseException | IllegalArgumentException e) {
      throw new InvalidToken(Reason.HEADER);
    }
    boolean expected =
        header.getType() != null
            && TokenSettings.Type.named(header.getType().getType()).isPresent()
            && HEADER_MEMBERS.equals(header.toJSONObject().keySet());
    if (!expected) {
      throw new InvalidToken(Reason.HEADER);
    }
    KeyRing.Verification key = current.ring().verifications().get(header.getKeyID());
    if (key == null) {
      throw new InvalidToken(Reason.UNKNOWN_KEY);
    }
    if (!key.algorithm().equals(header.getAlgorithm())) {
      throw new InvalidToken(Reason.HEADER);
    }
    CheckedHeader checked = new CheckedHeader(header, key.verifier());
    current.headers().put(encoded, checked);
    return checked;
  }

  private VerifiedToken claims(String token, byte[] json) throws InvalidToken {
    Map<String, Object> claims;
    try {
      claims = JSONObjectUtils.parse(new String(json, StandardCharsets.UTF_8));
    } catch (ParseException e) {
      throw new InvalidToken(Reason.CLAIMS);
    }
    for (String name : REQUIRED_TEXTS) {
      if (!(claims.get(name) instanceof String text) || text.isEmpty()) {
        throw new InvalidToken(Reason.CLAIMS);
      }
    }
    refuseIfSubjectIsUnclear(claims);
    if (FOREIGN.stream().anyMatch(claims::containsKey)) {
      throw new InvalidToken(Reason.CLAIMS);
    }
    if (!settings.issuer().equals(claims.get("iss"))) {
      throw new InvalidToken(Reason.ISSUER);
    }
    List<String> audience =
        claims.get("aud") instanceof String one ? List.of(one) : texts(claims.get("aud"));
    long latest = clock.instant().getEpochSecond() + skew;
    if (seconds(claims, "iat") > latest
        || (claims.containsKey("nbf") && seconds(claims, "nbf") > latest)) {
      throw new InvalidToken(Reason.NOT_YET_VALID);
    }
    if (claims.containsKey("auth_time")) {
      seconds(claims, "auth_time");
    }
    long expiresAt = seconds(claims, "exp");
    Set<String> groups =
        Collections.unmodifiableSet(new LinkedHashSet<>(texts(claims.get("groups"))));
    return new VerifiedToken(
        token, Collections.unmodifiableMap(claims), groups, audience, expiresAt);
  }

  /**
   * Refuses a token whose subject is neither a user, who has a name, nor a client, which has none
   * (RFC 9068, section 2.2) and acts for itself or is the subject of a token exchange (RFC 8693,
   * section 4.1).
   */
  private static void refuseIfSubjectIsUnclear(Map<String, Object> claims) throws InvalidToken {
    boolean clear =
        claims.containsKey("upn")
            ? claims.get("upn") instanceof String name && !name.isEmpty()
            : claims.containsKey("act") || claims.get("sub").equals(claims.get("client_id"));
    boolean delegated =
        !claims.containsKey("act")
            || (claims.get("act") instanceof Map<?, ?> actor && actor.get("sub") instanceof String);
    if (!clear || !delegated) {
      throw new InvalidToken(Reason.CLAIMS);
    }
  }

  private void refuseIfForOthers(VerifiedToken token) throws InvalidToken {
    if (!token.audience().contains(settings.audience())) {
      throw new InvalidToken(Reason.AUDIENCE);
    }
  }

  private void refuseIfExpired(long expiresAt) throws InvalidToken {
    if (clock.instant().getEpochSecond() - skew >= expiresAt) {
      throw new InvalidToken(Reason.EXPIRED);
    }
  }

  /**
   * Returns a NumericDate (RFC 7519, section 2), which must have whole seconds, as in Signet's
   * tokens.
   */
  private static long seconds(Map<String, Object> claims, String name) throws InvalidToken {
    if (claims.get(name) instanceof Long seconds && seconds >= 0) {
      return seconds;
    }
    throw new InvalidToken(Reason.CLAIMS);
  }

  private static List<String> texts(Object value) throws InvalidToken {
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw new InvalidToken(Reason.CLAIMS);
  }

  /** Decodes base64url without padding, and refuses non-canonical encodings. */
  private static byte[] decode(String encoded) throws InvalidToken {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(encoded);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(encoded)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Refused below, like every malformed token.
    }
    throw new InvalidToken(Reason.MALFORMED);
  }
}
