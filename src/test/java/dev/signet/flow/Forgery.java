package dev.signet.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.ParseException;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens of any content, signed with a key of one's choice. */
record Forgery(Client anonymous, RSAKey key) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RSAKey OTHER = generate();

  /** Reads the header (0) or the claims (1) of a token, as a client could. */
  static JsonNode part(String token, int index) throws IOException {
    return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]));
  }

  /** With the very key that the server under test signs with now. */
  static Forgery of(Client anonymous) {
    return new Forgery(anonymous, KeysFlow.areInDatabase() ? unsealed() : OfFile.KEY);
  }

  static Forgery withKey(RSAKey key) {
    return new Forgery(null, key);
  }

  /** A key that the server does not know. */
  static RSAKey otherKey() {
    return OTHER;
  }

  Client client(String token) {
    return anonymous.withToken(token);
  }

  long now() {
    return Clock.systemUTC().instant().getEpochSecond();
  }

  /** What a login would put into a token. */
  Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    String issuer = System.getProperty(ServerSession.URL);
    claims.put("iss", issuer);
    claims.put("sub", UUID.randomUUID().toString());
    claims.put("upn", "mallory");
    claims.put("groups", List.of("user"));
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now());
    claims.put("exp", now() + 60);
    claims.put("aud", issuer);
    claims.put("client_id", "signet");
    claims.put("scope", "api");
    claims.put("auth_time", now());
    return claims;
  }

  Map<String, Object> claims(String name, Object value) {
    Map<String, Object> claims = claims();
    claims.put(name, value);
    return claims;
  }

  JWSHeader.Builder header(JWSAlgorithm algorithm) {
    return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(key.getKeyID());
  }

  String token() {
    return token(claims());
  }

  String token(Map<String, Object> claims) {
    return sign(header(JWSAlgorithm.RS256).build(), claims, signer());
  }

  String sign(JWSHeader header) {
    return sign(header, claims(), signer());
  }

  String sign(JWSHeader header, JWSSigner signer) {
    return sign(header, claims(), signer);
  }

  private static String sign(JWSHeader header, Map<String, Object> claims, JWSSigner signer) {
    try {
      JWSObject token = new JWSObject(header, new Payload(claims));
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private JWSSigner signer() {
    try {
      return new RSASSASigner(key);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAKey generate() {
    try {
      return new RSAKeyGenerator(2048).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads the key of a PEM file. */
  static RSAKey read(Path file) {
    try {
      String pem = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      RSAPrivateCrtKey key =
          (RSAPrivateCrtKey)
              rsa.generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
      RSAPublicKey publicKey =
          (RSAPublicKey)
              rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
      return new RSAKey.Builder(publicKey).privateKey(key).keyIDFromThumbprint().build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Opens the last private key in the database whose time has come, with the server's own
   * encryption key. Read each time: a test may have rotated the keys, and retired the former one.
   */
  private static RSAKey unsealed() {
    try (Connection connection = TestDatabase.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select id, sealed_key from signing_keys"
                    + " where has_secret = true and signs_from <= current_timestamp"
                    + " order by generation desc limit 1")) {
      row.next();
      byte[] sealed = Base64.getUrlDecoder().decode(row.getString("sealed_key"));
      byte[] secret = Base64.getDecoder().decode(System.getProperty(ServerSession.ENCRYPTION));
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(secret, "AES"),
          new GCMParameterSpec(128, sealed, 0, 12));
      cipher.updateAAD(row.getString("id").getBytes(UTF_8));
      return RSAKey.parse(new String(cipher.doFinal(sealed, 12, sealed.length - 12), UTF_8));
    } catch (SQLException | GeneralSecurityException | ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Read when it is first asked for: the session has written the file by then. */
  private static final class OfFile {
    private static final RSAKey KEY =
        read(Path.of(System.getProperty(ServerSession.DIRECTORY), "private.pem"));
  }
}
