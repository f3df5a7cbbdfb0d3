package dev.signet.domain.user;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import java.util.Optional;
import java.util.Set;

/**
 * A change of an account. Empty members stay unchanged.
 *
 * @param email the new address, or an empty one to remove it
 * @param groups all groups from now on
 * @param enabled whether the user may log in
 */
public record UserChange(
    Optional<Optional<EmailAddress>> email,
    Optional<Set<String>> groups,
    Optional<Boolean> enabled) {

  /**
   * Reads a change from a request; null means absent.
   *
   * @param email the new address; empty to remove it
   * @throws Refusal {@link Problem#INVALID_INPUT}, field {@code email} or {@code groups}
   */
  public static UserChange of(Optional<String> email, Set<String> groups, Boolean enabled) {
    if (groups != null) {
      Groups.check(groups);
    }
    return new UserChange(
        email == null ? Optional.empty() : Optional.of(email.map(EmailAddress::parse)),
        Optional.ofNullable(groups),
        Optional.ofNullable(enabled));
  }
}
