package dev.signet.domain.keys;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Converts keys in older encodings to those that the JDK reads: private keys to PKCS#8 (RFC 5958,
 * section 2), public keys to SubjectPublicKeyInfo (RFC 5280, section 4.1). It only reads and writes
 * the outer structures; the JDK checks the content.
 */
final class Pkcs {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;

  /** The parameters of RFC 5915, section 3: {@code [0]}. */
  private static final int PARAMETERS = 0xA0;

  private static final int SCALAR_BYTES = 32;
  private static final byte[] VERSION = der(INTEGER, new byte[] {0});

  /** {@code rsaEncryption} with its NULL (RFC 8017, appendix A.1). */
  private static final byte[] RSA =
      der(SEQUENCE, HexFormat.of().parseHex("06092A864886F70D010101" + "0500"));

  /** {@code secp256r1} (RFC 5480, section 2.1.1.1). */
  private static final byte[] CURVE = HexFormat.of().parseHex("06082A8648CE3D030107");

  /** {@code id-ecPublicKey} on that curve (RFC 5480, section 2.1.1). */
  private static final byte[] EC =
      der(SEQUENCE, HexFormat.of().parseHex("06072A8648CE3D0201"), CURVE);

  private Pkcs() {}

  /** Converts a key in PKCS#1 (RFC 8017, appendix A.1.2). */
  static byte[] ofRsaPrivateKey(byte[] key) {
    return der(SEQUENCE, VERSION, RSA, der(OCTET_STRING, key));
  }

  /** Converts a key in PKCS#1 (RFC 8017, appendix A.1.1). */
  static byte[] ofRsaPublicKey(byte[] key) {
    return der(SEQUENCE, RSA, der(BIT_STRING, new byte[] {0}, key));
  }

  /**
   * Converts a key in SEC1 (RFC 5915, section 3).
   *
   * @throws IllegalArgumentException if it is not on P-256
   */
  static byte[] ofEcPrivateKey(byte[] key) {
    refuseOtherCurve(key);
    return der(SEQUENCE, VERSION, EC, der(OCTET_STRING, key));
  }

  private static void refuseOtherCurve(byte[] key) {
    ByteBuffer fields = content(ByteBuffer.wrap(key), SEQUENCE);
    content(fields, INTEGER);
    boolean fits = content(fields, OCTET_STRING).remaining() == SCALAR_BYTES;
    if (fields.hasRemaining() && (fields.get(fields.position()) & 0xFF) == PARAMETERS) {
      ByteBuffer parameters = content(fields, PARAMETERS);
      fits &= parameters.equals(ByteBuffer.wrap(CURVE));
    }
    if (!fits) {
      throw new IllegalArgumentException("not on P-256");
    }
  }

  /** Returns the content of the next element, which must have this tag. */
  private static ByteBuffer content(ByteBuffer in, int tag) {
    if (in.remaining() < 2 || (in.get() & 0xFF) != tag) {
      throw new IllegalArgumentException("not the expected element");
    }
    int length = in.get() & 0xFF;
    if (length > 0x80) { // A structure longer than 64 KiB is not a key.
      int bytes = length & 0x7F;
      if (bytes > 2 || in.remaining() < bytes) {
        throw new IllegalArgumentException("too long");
      }
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = (length << 8) | (in.get() & 0xFF);
      }
    }
    if (length > in.remaining()) {
      throw new IllegalArgumentException("cut off");
    }
    ByteBuffer content = in.slice(in.position(), length);
    in.position(in.position() + length);
    return content;
  }

  private static byte[] der(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
    out.write(tag);
    if (length > 0xFF) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length > 0x7F) {
      out.write(0x81);
    }
    out.write(length);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
