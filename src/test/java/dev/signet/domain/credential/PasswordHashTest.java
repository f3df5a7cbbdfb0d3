package dev.signet.domain.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.password4j.Argon2Function;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  /** From the tests of the reference implementation: "password" with the salt "somesalt". */
  private static final String REFERENCE =
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

  private final Argon2Functions functions = new Argon2Functions(1_024);

  @Test
  void hashIsThatOfTheReferenceImplementation() {
    HashParameters parameters = new HashParameters(256, 2, 1, 32);

    PasswordHash hash =
        PasswordHash.make(
            functions.of(parameters),
            parameters,
            "password",
            "somesalt".getBytes(StandardCharsets.UTF_8));

    assertEquals(REFERENCE, hash.phc());
  }

  /** Also of passwords that have no exact form in UTF-8. */
  static List<List<String>> earlier() {
    return List.of(
        List.of("password", REFERENCE),
        List.of(
            "correct horse battery staple",
            "$argon2id$v=19$m=8,t=1,p=1$uMtqN20ljXPCQzlR1Q15oA$M/Em9CQpwHURHvm70QCh40dzkDwIQXM+ELR2IUBW0+0"),
        List.of(
            "Za\u017C\u00F3\u0142\u0107 g\u0119\u015Bl\u0105 ja\u017A\u0144 \uD83E\uDD8A \u0130\u0131I",
            "$argon2id$v=19$m=64,t=3,p=2$K67/tgFCeIsijH7fGJpWWw$AMQoz5Qn1PcFR9+Myscvu50J6O/HjGKDRq3DDJtZeeI"),
        List.of(
            "lone \uD83E end",
            "$argon2id$v=19$m=19,t=2,p=1$yAttEDeFjaULZbQEQjr61Q$D0qgR1AsyPAs2xZrZj+xDA"),
        List.of(
            "end \uD83E",
            "$argon2id$v=19$m=256,t=2,p=1$ED79/ZZO7Yd6YucLes4+5g$6b/Fb1J1laQZRTEthmH7MkZcZBDin4fnE5mjoH2kgNw"),
        List.of(
            "nul\u0000after",
            "$argon2id$v=19$m=8,t=1,p=1$woljK5pAEaDxw5u2Gtmzsg$8qDSEkySKzVuzU6QNcfFXpHLLjutqcTpXQVlXiACNrYnonb9XMWgO+AoC/gxn9ReyZ+l3eNbZ4RHTiO8a+dmQQ"));
  }

  @ParameterizedTest
  @MethodSource("earlier")
  void hashThatPassword4jWroteStillMatches(List<String> passwordAndHash) {
    PasswordHash hash = PasswordHash.read(passwordAndHash.get(1)).orElseThrow();
    Argon2Function function = functions.of(hash.parameters());

    assertTrue(hash.matches(function, passwordAndHash.get(0)));
    assertFalse(hash.matches(function, passwordAndHash.get(0) + "."));
    assertEquals(passwordAndHash.get(1), hash.phc());
  }

  @Test
  void parametersAreThoseOfTheText() {
    assertEquals(
        new HashParameters(256, 2, 1, 32), PasswordHash.read(REFERENCE).orElseThrow().parameters());
  }

  /**
   * Other algorithms and versions, the dotless i, other digits, zeros, padding, another order, bits
   * and characters that Base64 does not use, and what is too short or too long.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hash",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2\u0131d$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=\u0662\u0665\u0666,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=0256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$t=2,m=256,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ=$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4=",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHR$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/5",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi_4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQAA$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbA$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4r",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4\n"
      })
  void otherTextIsNoHash(String text) {
    assertEquals(Optional.empty(), PasswordHash.read(text));
  }
}
