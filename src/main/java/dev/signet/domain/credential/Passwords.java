package dev.signet.domain.credential;

import com.password4j.Argon2Function;
import dev.signet.base.settings.PasswordSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.guard.HashingBulkhead;
import dev.signet.domain.user.Folding;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;

/**
 * Hashes and checks passwords with Argon2id (RFC 9106), limited by {@link
 * dev.signet.guard.HashingBulkhead}. Never call it within a transaction: a hash would hold a
 * connection for tens of milliseconds.
 *
 * <p>The parameters in a stored hash determine the memory and time of its check (RFC 9106, section
 * 3.1), so the check is refused if they exceed the limit of all hashes together.
 */
@Shared
public class Passwords {
  private static final Logger LOG = System.getLogger(Passwords.class.getName());

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** KiB times passes: about a second of one core. */
  private static final long MOST_WORK = 1_048_576;

  private final SecureRandom random = new SecureRandom();
  private final HashingBulkhead bulkhead;
  private final Argon2Functions functions;
  private final HashParameters parameters;
  private final Argon2Function function;
  private final String nobodysHash;

  private volatile boolean warned;

  @Inject
  public Passwords(PasswordSettings settings, HashingBulkhead bulkhead) {
    this.bulkhead = bulkhead;
    functions = new Argon2Functions(bulkhead.memory());
    parameters = HashParameters.of(settings, HASH_BYTES);
    function = functions.of(parameters);
    nobodysHash = hash(UUID.randomUUID().toString());
  }

  @PreDestroy
  void release() {
    functions.release();
  }

  /** Returns the hash as a PHC string. */
  public String hash(String password) {
    String normal = Folding.nfc(password);
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return bulkhead
        .run(parameters.memory(), () -> PasswordHash.make(function, parameters, normal, salt))
        .phc();
  }

  /**
   * Whether the password matches the hash, computed with the parameters of the hash. A hash that is
   * too expensive to check matches no password, after the time of an ordinary check.
   */
  public boolean matches(String password, String hash) {
    Optional<PasswordHash> stored =
        PasswordHash.read(hash).filter(read -> mayBeChecked(read.parameters()));
    if (stored.isEmpty()) {
      warnOnce();
      matchNobody(password);
      return false;
    }
    String normal = Folding.nfc(password);
    HashParameters made = stored.get().parameters();
    return bulkhead.run(made.memory(), () -> stored.get().matches(function(made), normal));
  }

  /** Takes as long as {@link #matches}, for a user who does not exist. */
  void matchNobody(String password) {
    matches(password, nobodysHash);
  }

  /** Whether the hash has parameters that differ from the configured ones. */
  boolean isOutdated(String hash) {
    return PasswordHash.read(hash)
        .map(PasswordHash::parameters)
        .filter(parameters::costsAsMuchAs)
        .isEmpty();
  }

  /** Whether a hash with these parameters is within the limits of memory and time. */
  public boolean mayBeChecked(HashParameters made) {
    return made.memory() <= bulkhead.memory()
        && made.work() <= Math.max(MOST_WORK, parameters.work());
  }

  /** Describes the limits of {@link #mayBeChecked}, for the operator. */
  public String bounds() {
    return "at most m="
        + bulkhead.memory()
        + " KiB, a quarter of the heap, and m times t at most "
        + Math.max(MOST_WORK, parameters.work());
  }

  private Argon2Function function(HashParameters made) {
    return made.equals(parameters) ? function : functions.of(made);
  }

  private void warnOnce() {
    if (!warned) {
      warned = true;
      LOG.log(
          Level.WARNING,
          "A stored password hash is too expensive to check, so its user cannot log"
              + " in; the limit is {0}. Set a new password, or give the server a larger"
              + " heap.",
          bounds());
    }
  }
}
