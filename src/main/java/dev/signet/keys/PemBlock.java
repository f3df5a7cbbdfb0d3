package dev.signet.keys;

import java.util.Base64;

/**
 * One block of PEM text (RFC 7468, section 2).
 *
 * @param label what its BEGIN line says that it is
 * @param body between its BEGIN and its END line
 */
record PemBlock(String label, String body) {
  /** PKCS#8 (RFC 5958). */
  static final String PRIVATE_KEY = "PRIVATE KEY";

  /** PKCS#1 (RFC 8017, appendix A.1.2). */
  static final String RSA_PRIVATE_KEY = "RSA PRIVATE KEY";

  /** SEC1 (RFC 5915). */
  static final String EC_PRIVATE_KEY = "EC PRIVATE KEY";

  /** SubjectPublicKeyInfo (RFC 5280, section 4.1). */
  static final String PUBLIC_KEY = "PUBLIC KEY";

  /** PKCS#1 (RFC 8017, appendix A.1.1). */
  static final String RSA_PUBLIC_KEY = "RSA PUBLIC KEY";

  /** Of OpenSSL before PKCS#8, in the headers of RFC 1421. */
  private static final String ENCRYPTED_BODY = ",ENCRYPTED";

  boolean isEncrypted() {
    return label.equals("ENCRYPTED PRIVATE KEY") || body.contains(ENCRYPTED_BODY);
  }

  boolean isPrivateKey() {
    return label.endsWith("PRIVATE KEY");
  }

  boolean isPublicKey() {
    return label.endsWith("PUBLIC KEY");
  }

  /**
   * The DER.
   *
   * @throws IllegalArgumentException if the body is not base64
   */
  byte[] content() {
    return Base64.getMimeDecoder().decode(body);
  }

  /** A key may be in the body. */
  @Override
  public String toString() {
    return "PemBlock[" + label + "]";
  }
}
