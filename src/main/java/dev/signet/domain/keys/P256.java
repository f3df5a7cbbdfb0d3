package dev.signet.domain.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import javax.crypto.KeyAgreement;

/** Computes the public key of a P-256 private key, which a PKCS#8 file may omit. */
final class P256 {
  private P256() {}

  /**
   * Returns the public key: the private number times the curve's base point. The JDK multiplies
   * points only for key agreement, and returns x. Of the two possible values of y, a signature
   * identifies the correct one.
   */
  static ECPublicKey publicKey(ECPrivateKey key) throws GeneralSecurityException {
    ECParameterSpec curve = key.getParams();
    KeyAgreement multiplication = KeyAgreement.getInstance("ECDH");
    multiplication.init(key);
    multiplication.doPhase(point(curve, curve.getGenerator()), true);
    BigInteger x = new BigInteger(1, multiplication.generateSecret());
    BigInteger prime = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger y = root(curve.getCurve(), prime, x);
    ECPublicKey one = point(curve, new ECPoint(x, y));
    return belong(key, one) ? one : point(curve, new ECPoint(x, prime.subtract(y)));
  }

  /**
   * Returns a square root of x³ + ax + b, which is easy to compute because the prime of P-256 is 3
   * modulo 4.
   */
  private static BigInteger root(EllipticCurve curve, BigInteger prime, BigInteger x) {
    BigInteger square = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(prime);
    return square.modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
  }

  private static ECPublicKey point(ECParameterSpec curve, ECPoint point)
      throws GeneralSecurityException {
    return (ECPublicKey)
        KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve));
  }

  private static boolean belong(ECPrivateKey privateKey, ECPublicKey publicKey)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(privateKey);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    return signature.verify(signed);
  }
}
