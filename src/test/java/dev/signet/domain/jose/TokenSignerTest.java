package dev.signet.domain.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.TokenSettings;
import dev.signet.domain.keys.TestKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenSignerTest {
  private final TokenSigner signer = new TokenSigner(TestKeys.keys(), new Metrics());

  @Test
  void tokenThatServersRefuseInAHeaderIsNotMade() {
    assertTrue(signer.sign(claims(4_000)).length() <= 6_144);

    Refusal refusal = assertThrows(Refusal.class, () -> signer.sign(claims(5_000)));

    assertEquals(Problem.FORBIDDEN, refusal.problem());
    assertTrue(refusal.getMessage().contains("administrator"), refusal::getMessage);
  }

  /** Claims of which one has so many characters. */
  private static Claims claims(int characters) {
    Instant now = Instant.parse("2026-11-30T12:00:00Z");
    return new Claims(
        TokenSettings.Type.JWT,
        "https://id.example.org",
        "42",
        Optional.of("ada"),
        List.of("user"),
        "id",
        now,
        now.plusSeconds(60),
        List.of("https://id.example.org"),
        "signet",
        "api",
        Optional.of(now),
        Optional.empty(),
        Optional.empty(),
        Map.of("further", "x".repeat(characters)));
  }
}
