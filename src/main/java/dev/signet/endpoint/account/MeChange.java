package dev.signet.endpoint.account;

import dev.signet.domain.user.UserChange;
import dev.signet.web.body.Strict;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/**
 * What users may change of their own account (JSON Merge Patch, RFC 7396).
 *
 * @param email absent to keep it, null to remove it
 */
@Strict
record MeChange(Optional<@Size(max = 254) String> email) {
  UserChange toChange() {
    return UserChange.of(email, null, null);
  }
}
