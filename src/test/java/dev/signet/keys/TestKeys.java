package dev.signet.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.Base64;
import java.util.List;

/** Keys for tests; made once, because making one takes long. */
final class TestKeys {
  static final RSAKey SIGNING = generate(2048);
  static final RSAKey OTHER = generate(2048);

  private TestKeys() {}

  static KeyRing ring() {
    return new KeyRing(List.of(SIGNING));
  }

  static RSAKey generate(int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String privatePem(RSAKey key) {
    try {
      return Pem.write(key.toRSAPrivateKey());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String publicPem(RSAKey key) {
    try {
      String body = Base64.getMimeEncoder().encodeToString(key.toRSAPublicKey().getEncoded());
      return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
