package dev.signet.domain.keys;

import java.util.Base64;

/**
 * One block of PEM text (RFC 7468, section 2).
 *
 * @param label the label in its BEGIN line
 * @param body the text between its BEGIN and END lines
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

  /** Marks an encrypted key of OpenSSL before PKCS#8, with the headers of RFC 1421. */
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
   * Returns the DER bytes.
   *
   * @throws IllegalArgumentException if the body is not base64
   */
  byte[] content() {
    return Base64.getMimeDecoder().decode(body);
  }

  /** Omits the body, which may contain a private key. */
  @Override
  public String toString() {
    return "PemBlock[" + label + "]";
  }
}
