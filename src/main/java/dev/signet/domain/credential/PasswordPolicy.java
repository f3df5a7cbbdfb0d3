package dev.signet.domain.credential;

import com.nulabinc.zxcvbn.Pattern;
import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import com.nulabinc.zxcvbn.matchers.Match;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.PasswordSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.user.EmailAddress;
import dev.signet.domain.user.Folding;
import dev.signet.domain.user.Username;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules for new passwords (NIST SP 800-63B-4, section 3.1.1): long enough, not common, not easy
 * to guess, not containing the username. There are no rules about kinds of characters.
 */
@Shared
public class PasswordPolicy {
  private static final int LEAST = 8;
  private static final int MOST = 256;

  /**
   * Only this many characters are estimated: the cost of the estimate grows faster than the length,
   * and more characters are not needed.
   */
  private static final int ESTIMATED = 64;

  private final Zxcvbn zxcvbn = new Zxcvbn();
  private final int minScore;

  @Inject
  public PasswordPolicy(PasswordSettings settings) {
    minScore = settings.minScore();
  }

  /**
   * Checks a new password.
   *
   * @param field the member of the request, for the error
   * @throws Refusal {@link Problem#WEAK_PASSWORD} with the reason
   */
  public void check(
      String field, String password, Username username, Optional<EmailAddress> email) {
    fault(password, username, email)
        .ifPresent(
            fault -> {
              throw Refusal.of(Problem.WEAK_PASSWORD, field, fault);
            });
  }

  /** Returns the rule that a password breaks, if any. */
  public Optional<String> fault(String password, Username username, Optional<EmailAddress> email) {
    String normal = Folding.nfc(password);
    int length = normal.codePointCount(0, normal.length());
    if (length < LEAST || length > MOST) {
      return Optional.of("must have " + LEAST + " to " + MOST + " characters");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(normal)) {
      return Optional.of("must be valid Unicode");
    }
    if (Folding.key(normal).contains(username.key())) {
      return Optional.of("must not contain the username");
    }
    List<String> personal = new ArrayList<>(List.of(username.key(), "signet"));
    email.map(EmailAddress::shown).map(Folding::key).ifPresent(personal::add);
    Strength strength =
        zxcvbn.measure(
            normal.substring(0, normal.offsetByCodePoints(0, Math.min(length, ESTIMATED))),
            personal);
    if (isCommon(strength.getSequence())) {
      return Optional.of("is one of the most common passwords");
    }
    if (strength.getScore() < minScore) {
      return Optional.of("is too easy to guess; use a longer one, such as several words");
    }
    return Optional.empty();
  }

  private static boolean isCommon(List<Match> parts) {
    return parts.size() == 1
        && parts.get(0).pattern == Pattern.Dictionary
        && "passwords".equals(parts.get(0).dictionaryName);
  }
}
