package dev.signet.endpoint.account;

import dev.signet.domain.user.UserChange;
import dev.signet.web.body.Strict;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.Set;

/**
 * What an administrator may change of an account (JSON Merge Patch, RFC 7396); absent members stay
 * unchanged.
 *
 * @param email null to remove it
 * @param groups all groups from now on
 * @param enabled whether the user may log in
 */
@Strict
record AccountChange(
    Optional<@Size(max = 254) String> email,
    @Size(max = 30) Set<@NotNull @Pattern(regexp = "[\\p{L}\\p{N}._:/-]{1,64}") String> groups,
    Boolean enabled) {

  UserChange toChange() {
    return UserChange.of(email, groups, enabled);
  }
}
