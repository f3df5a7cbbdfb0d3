package dev.signet.user;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.signet.guard.HashingBulkhead;
import dev.signet.settings.PasswordSettings;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.util.UUID;

/**
 * Hashes and checks passwords with Argon2id (RFC 9106), each in its turn. Never called within a
 * transaction: a hash would hold a connection for tens of milliseconds.
 */
@Shared
class Passwords {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final HashingBulkhead bulkhead;
  private final Argon2Function function;
  private final String nobodysHash;

  @Inject
  Passwords(PasswordSettings settings, HashingBulkhead bulkhead) {
    this.bulkhead = bulkhead;
    function =
        Argon2Function.getInstance(
            settings.memory(),
            settings.iterations(),
            settings.parallelism(),
            HASH_BYTES,
            Argon2.ID);
    nobodysHash = hash(UUID.randomUUID().toString());
  }

  /** Returns the hash as a PHC string. */
  String hash(String password) {
    String normal = Folding.nfc(password);
    return bulkhead.run(
        () -> Password.hash(normal).addRandomSalt(SALT_BYTES).with(function).getResult());
  }

  /** Whether the password belongs to the hash, whose own parameters are used. */
  boolean matches(String password, String hash) {
    String normal = Folding.nfc(password);
    return bulkhead.run(
        () -> Password.check(normal, hash).with(Argon2Function.getInstanceFromHash(hash)));
  }

  /** Takes as long as {@link #matches} does, for a user who does not exist. */
  void matchNobody(String password) {
    matches(password, nobodysHash);
  }

  /** Whether the hash was made with less memory or fewer passes than are configured now. */
  boolean isOutdated(String hash) {
    Argon2Function made = Argon2Function.getInstanceFromHash(hash);
    return made.getMemory() < function.getMemory()
        || made.getIterations() < function.getIterations();
  }
}
