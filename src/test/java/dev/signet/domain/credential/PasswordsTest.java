package dev.signet.domain.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.HashingSettings;
import dev.signet.base.settings.PasswordSettings;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.guard.HashingBulkhead;
import dev.signet.domain.user.TestUsers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private static final String PASSWORD = TestUsers.GOOD_PASSWORD;

  /** Of the password x, as password4j wrote it. */
  private static final String EARLIER_HASH =
      "$argon2id$v=19$m=8,t=1,p=1$94ldG7232IBNN224iDHFXg$vHnsXZX9WxndJi/bvZAxeZUkDY2QXioB1wTqDCmyWqs";

  private final Passwords passwords = TestUsers.passwords(TestUsers.CHEAP);

  @Test
  void onlyTheRightPasswordMatches() {
    String hash = passwords.hash(PASSWORD);

    assertTrue(passwords.matches(PASSWORD, hash));
    assertFalse(passwords.matches(PASSWORD + " ", hash));
    assertFalse(passwords.matches(PASSWORD.toUpperCase(Locale.ROOT), hash));
    assertFalse(passwords.matches("", hash));
  }

  @Test
  void hashIsArgon2idWithTheConfiguredParametersAndLongSaltAndHash() {
    String[] parts =
        TestUsers.passwords(new PasswordSettings(64, 3, 2, 2)).hash(PASSWORD).split("\\$", -1);

    assertEquals(List.of("", "argon2id", "v=19", "m=64,t=3,p=2"), List.of(parts).subList(0, 4));
    assertEquals(6, parts.length);
    assertEquals(16, Base64.getDecoder().decode(parts[4]).length);
    assertEquals(32, Base64.getDecoder().decode(parts[5]).length);
  }

  @Test
  void samePasswordHasAnotherHashEachTime() {
    assertNotEquals(passwords.hash(PASSWORD), passwords.hash(PASSWORD));
  }

  @Test
  void passwordsThatDifferAfterByte72Differ() {
    String long72 = "x".repeat(72);
    String hash = passwords.hash(long72 + "a");

    assertTrue(passwords.matches(long72 + "a", hash));
    assertFalse(passwords.matches(long72 + "b", hash));
    assertFalse(passwords.matches(long72, hash));
  }

  @Test
  void passwordsThatDifferInTheirLastOf256CharactersDiffer() {
    String start = "\uD83E\uDD8A".repeat(255);
    String hash = passwords.hash(start + "a");

    assertTrue(passwords.matches(start + "a", hash));
    assertFalse(passwords.matches(start + "b", hash));
  }

  @Test
  void nulCountsLikeAnyCharacter() {
    String hash = passwords.hash("before\u0000after");

    assertTrue(passwords.matches("before\u0000after", hash));
    assertFalse(passwords.matches("before\u0000other", hash));
    assertFalse(passwords.matches("before", hash));
    assertFalse(passwords.matches("beforeafter", hash));
  }

  @Test
  void composedAndDecomposedPasswordsAreEqual() {
    assertTrue(passwords.matches("cafe\u0301 creme", passwords.hash("caf\u00E9 creme")));
    assertTrue(passwords.matches("caf\u00E9 creme", passwords.hash("cafe\u0301 creme")));
  }

  /** NFC, not NFKC: what looks different is a different password. */
  @Test
  void compatibleCharactersAreNotEqual() {
    assertFalse(passwords.matches("finn the fox", passwords.hash("\uFB01nn the fox")));
  }

  /** In Turkish, the lower case of I is none of ASCII; in Egypt, numbers have other digits. */
  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "az-AZ", "ar-EG"})
  void hashesDoNotDependOnTheLocale(String language) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      String hash = TestUsers.passwords(TestUsers.CHEAP).hash(PASSWORD);

      assertTrue(hash.startsWith("$argon2id$v=19$m=8,t=1,p=1$"), hash);
      assertTrue(passwords.matches(PASSWORD, hash));
      assertFalse(passwords.matches("another", hash));
      assertTrue(passwords.matches("x", EARLIER_HASH));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void hashOfOtherParametersStillMatches() {
    String old = TestUsers.passwords(new PasswordSettings(16, 2, 2, 2)).hash(PASSWORD);

    assertTrue(passwords.matches(PASSWORD, old));
    assertFalse(passwords.matches("another", old));
  }

  @Test
  void hashOfTheConfiguredParametersIsNotOutdated() {
    assertFalse(passwords.isOutdated(passwords.hash(PASSWORD)));
    assertFalse(
        TestUsers.passwords(TestUsers.CHEAP).isOutdated(passwords.hash(PASSWORD)),
        "after a restart");
  }

  static List<PasswordSettings> grown() {
    return List.of(
        new PasswordSettings(16, 1, 1, 2),
        new PasswordSettings(8, 2, 1, 2),
        new PasswordSettings(16, 1, 2, 2));
  }

  @ParameterizedTest
  @MethodSource("grown")
  void hashIsOutdatedWhenAParameterGrows(PasswordSettings grown) {
    assertTrue(TestUsers.passwords(grown).isOutdated(passwords.hash(PASSWORD)));
  }

  @Test
  void hashThatIsDearerThanConfiguredIsOutdated() {
    String dear = TestUsers.passwords(new PasswordSettings(16, 2, 1, 2)).hash(PASSWORD);

    assertTrue(passwords.isOutdated(dear));
  }

  /** RFC 9106, section 3.1: up to 4 TiB. */
  @ParameterizedTest
  @CsvSource({"1024,999,true", "1025,1,false", "1048576,1,false", "9999999,999,false"})
  void hashThatTakesTooMuchMemoryIsNotChecked(int memory, int passes, boolean checked) {
    String dear = passwords.hash(PASSWORD).replace("m=8,t=1", "m=" + memory + ",t=" + passes);

    assertEquals(
        checked, passwords.mayBeChecked(PasswordHash.read(dear).orElseThrow().parameters()));
    assertTrue(checked || !passwords.matches(PASSWORD, dear));
  }

  @Test
  void hashThatTakesTooMuchTimeIsNotChecked() {
    Passwords roomy =
        new Passwords(
            TestUsers.CHEAP,
            TestWiring.make(
                HashingBulkhead.class,
                new HashingSettings(1, 0, Duration.ofSeconds(1), 1 << 20),
                new Metrics()));

    assertTrue(roomy.mayBeChecked(new HashParameters(262_144, 4, 1, 32)));
    assertFalse(roomy.mayBeChecked(new HashParameters(262_144, 5, 1, 32)));
    assertFalse(roomy.matches(PASSWORD, roomy.hash(PASSWORD).replace("m=8,t=1", "m=262144,t=999")));
  }

  @Test
  void hashThatIsNoneMatchesNothing() {
    assertFalse(passwords.matches(PASSWORD, "hash"));
  }

  /** Also the one for a user who does not exist, which makes both cases cost the same. */
  @Test
  void everyHashWaitsItsTurn() {
    HashingBulkhead full = TestUsers.bulkhead();
    Passwords guarded = new Passwords(TestUsers.CHEAP, full);
    String hash = guarded.hash(PASSWORD);
    List<Supplier<?>> uses =
        List.of(
            () -> guarded.hash(PASSWORD),
            () -> guarded.matches(PASSWORD, hash),
            () -> {
              guarded.matchNobody(PASSWORD);
              return "matched";
            });

    for (Supplier<?> use : uses) {
      Refusal refusal = assertThrows(Refusal.class, () -> full.run(1, use));
      assertEquals(Problem.OVERLOADED, refusal.problem());
    }
  }
}
