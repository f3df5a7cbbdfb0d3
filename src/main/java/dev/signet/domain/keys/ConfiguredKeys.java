package dev.signet.domain.keys;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.KeySettings;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.keys.RingKey.State;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The key ring from the settings. Weak or unusable keys are refused. The file of a JWK set is
 * reloaded when it changes, which rotates configured keys.
 */
final class ConfiguredKeys implements KeySource {
  private static final Logger LOG = System.getLogger(ConfiguredKeys.class.getName());
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final int LEAST_BITS = 2048;
  private static final int MOST_BITS = 8192;
  private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65_537);

  private final KeySettings settings;
  private final Path dataDirectory;
  private final Clock clock;
  private final AuditLog audit;

  private Instant lookedAt = Instant.EPOCH;
  private String seen = "";
  private String complaint = "";
  private volatile KeyRing ring;

  ConfiguredKeys(Settings settings, Clock clock, AuditLog audit) {
    this.settings = settings.keys();
    dataDirectory = settings.dataDirectory();
    this.clock = clock;
    this.audit = audit;
  }

  @Override
  public KeyRing load() {
    lookedAt = clock.instant();
    ring = read();
    return ring;
  }

  @Override
  public void update() {
    if (settings.jwksFile().isEmpty() || clock.instant().isBefore(lookedAt.plus(INTERVAL))) {
      return;
    }
    lookedAt = clock.instant();
    try {
      String text = read(KeySettings.JWKS_FILE, settings.jwksFile().get());
      if (!text.equals(seen)) {
        seen = text;
        KeyRing former = ring;
        ring = ring(KeySettings.JWKS_FILE, jwks(text));
        complaint = "";
        recordIfAnotherSigns(former.signing().id());
      }
    } catch (InvalidSettings e) {
      if (!complaint.equals(e.getMessage())) {
        complaint = e.getMessage();
        LOG.log(Level.WARNING, "{0} The previous keys stay in use.", complaint);
      }
    }
  }

  @Override
  public KeyRing ring() {
    return ring;
  }

  @Override
  public List<RingKey> list() {
    KeyRing now = ring;
    List<RingKey> keys = new ArrayList<>();
    now.verifications()
        .forEach(
            (id, key) ->
                keys.add(
                    new RingKey(
                        id,
                        key.algorithm().getName(),
                        id.equals(now.signing().id()) ? State.SIGNING : State.PUBLISHED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));
    return keys;
  }

  @Override
  public RingKey rotate() {
    throw new Refusal(
        Problem.ROTATION_REFUSED,
        "The keys are configured: add a key to the JWK set ("
            + KeySettings.JWKS_FILE
            + "), and move it to the first place when all resource servers know it. With "
            + KeySettings.STORE
            + "=database, Signet rotates its keys itself.");
  }

  private void recordIfAnotherSigns(String former) {
    String id = ring.signing().id();
    if (!id.equals(former)) {
      audit.record(SecurityEvent.of(EventType.KEY_ROTATED).detail("key " + id + " signs"));
    }
  }

  private KeyRing read() {
    if (settings.privatePem().isPresent()) {
      return ring(
          KeySettings.PRIVATE,
          List.of(
              Pem.keyPair(
                  KeySettings.PRIVATE,
                  settings.privatePem().get(),
                  KeySettings.PUBLIC,
                  settings.publicPem())));
    }
    if (settings.jwksFile().isPresent()) {
      seen = read(KeySettings.JWKS_FILE, settings.jwksFile().get());
      warnIfOthersCanRead(settings.jwksFile().get());
      return ring(KeySettings.JWKS_FILE, jwks(seen));
    }
    Path file = settings.privateFile().orElseGet(() -> GeneratedKey.file(dataDirectory, settings));
    warnIfOthersCanRead(file);
    return ring(
        KeySettings.PRIVATE_FILE,
        List.of(
            Pem.keyPair(
                KeySettings.PRIVATE_FILE,
                read(KeySettings.PRIVATE_FILE, file),
                KeySettings.PUBLIC_FILE,
                settings.publicFile().map(path -> read(KeySettings.PUBLIC_FILE, path)))));
  }

  private static List<JWK> jwks(String text) {
    String setting = KeySettings.JWKS_FILE;
    List<JWK> keys = new ArrayList<>();
    try {
      for (JWK jwk : JWKSet.parse(text).getKeys()) {
        Algorithm algorithm;
        try {
          algorithm = Signatures.algorithm(jwk);
        } catch (IllegalArgumentException e) {
          throw new InvalidSettings(setting + " may only contain RSA and P-256 keys.", e);
        }
        boolean usable =
            (jwk.getKeyUse() == null || KeyUse.SIGNATURE.equals(jwk.getKeyUse()))
                && (jwk.getAlgorithm() == null || algorithm.equals(jwk.getAlgorithm()));
        if (!usable) {
          throw new InvalidSettings(
              setting + " contains a key that is not meant for signing with RS256 or ES256.");
        }
        keys.add(jwk.getKeyID() != null ? jwk : withIdentifier(jwk));
      }
    } catch (ParseException | JOSEException | IllegalStateException e) {
      throw new InvalidSettings(setting + " is not a valid JWK set.", e);
    }
    if (keys.stream().noneMatch(JWK::isPrivate)) {
      throw new InvalidSettings(setting + " contains no private key for signing.");
    }
    return keys;
  }

  private static JWK withIdentifier(JWK key) throws JOSEException {
    return key instanceof RSAKey rsa
        ? new RSAKey.Builder(rsa).keyIDFromThumbprint().build()
        : new ECKey.Builder(key.toECKey()).keyIDFromThumbprint().build();
  }

  private static KeyRing ring(String setting, List<JWK> keys) {
    for (JWK key : keys) {
      if (key instanceof RSAKey rsa) {
        refuseIfWeak(setting, rsa);
      }
    }
    try {
      return new KeyRing(keys);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettings(setting + " contains two keys with the same identifier (kid).", e);
    } catch (JOSEException e) {
      throw new InvalidSettings(
          setting + " contains a private key that does not match its public key.", e);
    }
  }

  private static void refuseIfWeak(String setting, RSAKey key) {
    int bits = key.size();
    if (bits < LEAST_BITS || bits > MOST_BITS) {
      throw new InvalidSettings(
          setting
              + " contains a key of "
              + bits
              + " bits; RSA keys must have "
              + LEAST_BITS
              + " to "
              + MOST_BITS
              + ".");
    }
    BigInteger exponent = key.getPublicExponent().decodeToBigInteger();
    if (exponent.compareTo(LEAST_EXPONENT) < 0 || !exponent.testBit(0)) {
      throw new InvalidSettings(setting + " contains a key whose public exponent is below 65537.");
    }
  }

  private static String read(String setting, Path file) {
    try {
      return PemText.withoutByteOrderMark(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new InvalidSettings(
          setting
              + " names a file that is not UTF-8 text: "
              + file
              + "; 'openssl pkey -inform DER' converts a DER key to PEM.",
          e);
    } catch (IOException e) {
      throw new InvalidSettings(setting + " names a file that cannot be read: " + file + ".", e);
    }
  }

  private static void warnIfOthersCanRead(Path file) {
    Optional<Set<PosixFilePermission>> permissions = permissions(file);
    if (permissions.isPresent()
        && (permissions.get().contains(PosixFilePermission.GROUP_READ)
            || permissions.get().contains(PosixFilePermission.OTHERS_READ))) {
      LOG.log(
          Level.WARNING,
          "The private key in {0} is readable by other users: restrict its"
              + " permissions (chmod 600).",
          file);
    }
  }

  private static Optional<Set<PosixFilePermission>> permissions(Path file) {
    try {
      return Optional.of(Files.getPosixFilePermissions(file));
    } catch (UnsupportedOperationException | IOException e) {
      // The file system does not support POSIX permissions; an unreadable file is reported when it
      // is read.
      return Optional.empty();
    }
  }
}
