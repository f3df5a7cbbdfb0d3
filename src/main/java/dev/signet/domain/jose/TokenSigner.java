package dev.signet.domain.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.signet.base.metrics.Metrics;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.TokenSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.keys.KeyRing;
import dev.signet.domain.keys.Keys;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;

/** Signs claims with the ring's signing key, as a compact JWS (RFC 7515, section 7.1). */
@Shared
public class TokenSigner {
  private static final Logger LOG = System.getLogger(TokenSigner.class.getName());

  /**
   * Servers and proxies accept 8 KiB of headers, some of them in total. A larger token would be
   * issued, but each request with it would be refused with 400.
   */
  private static final int MOST_CHARACTERS = 6_144;

  private final Keys keys;
  private final Metrics metrics;
  private volatile AccessTokens accessTokens;

  /** Data that all access tokens of one ring share. */
  private record AccessTokens(KeyRing ring, Map<TokenSettings.Type, JWSHeader> headers) {}

  @Inject
  public TokenSigner(Keys keys, Metrics metrics) {
    this.keys = keys;
    this.metrics = metrics;
  }

  /**
   * Returns the signed access token.
   *
   * @throws Refusal {@link Problem#FORBIDDEN} if it would be too large for the headers of servers
   */
  public String sign(Claims claims) {
    JWTClaimsSet.Builder set = new JWTClaimsSet.Builder();
    claims.further().forEach(set::claim);
    claims.name().ifPresent(name -> set.claim("upn", name));
    claims.authenticatedAt().ifPresent(time -> set.claim("auth_time", time.getEpochSecond()));
    claims.session().ifPresent(session -> set.claim("sid", session));
    claims.csrf().ifPresent(csrf -> set.claim("csrf", csrf));
    set.issuer(claims.issuer())
        .subject(claims.subject())
        .claim("groups", claims.groups())
        .jwtID(claims.id())
        .issueTime(Date.from(claims.issuedAt()))
        .expirationTime(Date.from(claims.expiresAt()))
        .audience(claims.audience())
        .claim("client_id", claims.clientId())
        .claim("scope", claims.scope());
    KeyRing ring = keys.ring();
    AccessTokens known = accessTokens;
    if (known == null || known.ring() != ring) {
      Map<TokenSettings.Type, JWSHeader> headers = new EnumMap<>(TokenSettings.Type.class);
      for (TokenSettings.Type type : TokenSettings.Type.values()) {
        headers.put(type, header(ring, type.header()));
      }
      known = new AccessTokens(ring, headers);
      accessTokens = known;
    }
    String token = sign(ring, known.headers().get(claims.type()), set.build().toPayload());
    if (token.length() > MOST_CHARACTERS) {
      LOG.log(
          Level.WARNING,
          "An access token of {0} would have {1} characters, but only {2} are"
              + " allowed. Remove groups, audiences or additional claims.",
          claims.subject(),
          Integer.toString(token.length()),
          Integer.toString(MOST_CHARACTERS));
      throw new Refusal(
          Problem.FORBIDDEN,
          "The access token would be too large. An administrator must remove groups,"
              + " audiences or additional claims.");
    }
    return token;
  }

  /**
   * Returns a signed JWT that is not an access token.
   *
   * @param type its {@code typ} header, such as {@code revocations+jwt}
   * @param claims its claims: strings, numbers, booleans, lists and maps of these
   */
  public String sign(String type, Map<String, Object> claims) {
    boolean taken =
        Arrays.stream(TokenSettings.Type.values())
            .anyMatch(token -> token.header().equalsIgnoreCase(type));
    if (taken) {
      throw new IllegalArgumentException(type + " is reserved for access tokens");
    }
    KeyRing ring = keys.ring();
    return sign(ring, header(ring, type), new Payload(claims));
  }

  /**
   * Returns a signed ID token. Without a {@code typ} header, it cannot pass for an access token.
   */
  String signUntyped(Map<String, Object> claims) {
    KeyRing ring = keys.ring();
    return sign(ring, header(ring).build(), new Payload(claims));
  }

  private static JWSHeader header(KeyRing ring, String type) {
    return header(ring).type(new JOSEObjectType(type)).build();
  }

  private static JWSHeader.Builder header(KeyRing ring) {
    return new JWSHeader.Builder(ring.signing().algorithm()).keyID(ring.signing().id());
  }

  private String sign(KeyRing ring, JWSHeader header, Payload payload) {
    JWSObject document = new JWSObject(header, payload);
    long start = System.nanoTime();
    try {
      document.sign(ring.signing().signer());
      metrics.signed(System.nanoTime() - start);
    } catch (JOSEException e) {
      throw new IllegalStateException("The signing key failed", e);
    }
    return document.serialize();
  }
}
