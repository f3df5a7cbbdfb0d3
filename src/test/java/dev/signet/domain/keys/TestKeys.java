package dev.signet.domain.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.signet.base.metrics.Metrics;
import dev.signet.base.settings.KeySettings;
import dev.signet.base.settings.TokenSettings;
import dev.signet.domain.jose.Claims;
import dev.signet.domain.jose.IdTokens;
import dev.signet.domain.jose.TokenSigner;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** Keys for tests; made once, because making one takes long. */
public final class TestKeys {
  public static final RSAKey SIGNING = generate(2048);
  public static final RSAKey OTHER = generate(2048);
  public static final ECKey EC = generateEc();

  private TestKeys() {}

  /** The keys of a Signet that never changes them. */
  public static Keys keys() {
    return keys(SIGNING);
  }

  /** Signs ID tokens with them. */
  public static IdTokens idTokens(TokenSettings settings) {
    Keys keys = keys();
    return new IdTokens(keys, new TokenSigner(keys, new Metrics()), settings);
  }

  /** Signs nothing, but tells what it was asked to sign. */
  public static TokenSigner signer(Consumer<Claims> asked) {
    return new TokenSigner(keys(), new Metrics()) {
      @Override
      public String sign(Claims claims) {
        asked.accept(claims);
        return "token";
      }
    };
  }

  public static Keys keys(JWK... keys) {
    return Rings.of(ring(keys)).keys();
  }

  public static KeyRing ring() {
    return ring(SIGNING);
  }

  /** The first that has a private part signs. */
  public static KeyRing ring(JWK... keys) {
    try {
      return new KeyRing(List.of(keys));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A source of keys whose ring a test replaces. */
  public static final class Rings implements KeySource {
    private volatile KeyRing ring;

    public static Rings of(KeyRing ring) {
      Rings rings = new Rings();
      rings.ring = ring;
      return rings;
    }

    /** The keys, loaded from here. */
    public Keys keys() {
      Keys keys = new Keys(this);
      keys.load();
      return keys;
    }

    public void replace(KeyRing next) {
      ring = next;
    }

    @Override
    public KeyRing load() {
      return ring;
    }

    @Override
    public void update() {}

    @Override
    public KeyRing ring() {
      return ring;
    }

    @Override
    public List<RingKey> list() {
      throw new UnsupportedOperationException();
    }

    @Override
    public RingKey rotate() {
      throw new UnsupportedOperationException();
    }
  }

  public static ECKey generateEc() {
    return Signatures.generate(KeySettings.Algorithm.ES256, 0).toECKey();
  }

  public static RSAKey generate(int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String privatePem(JWK key) {
    return Pem.write(key);
  }

  public static String publicPem(AsymmetricJWK key) {
    try {
      String body = Base64.getMimeEncoder().encodeToString(key.toPublicKey().getEncoded());
      return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
