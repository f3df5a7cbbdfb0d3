package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.util.Optional;

/**
 * The subjects of users for clients.
 *
 * @param salt the secret that pairwise subjects are derived from; if absent, only public subjects
 *     are available
 */
public record SubjectSettings(Optional<String> salt) {
  private static final String SALT = "signet.subject.salt";
  private static final int LEAST_CHARACTERS = 32;

  static SubjectSettings read(SettingsReader reader) {
    SubjectSettings subjects = new SubjectSettings(reader.secret(SALT));
    if (subjects.salt.filter(salt -> salt.length() < LEAST_CHARACTERS).isPresent()) {
      reader.fault(
          SALT + " must have " + LEAST_CHARACTERS + " characters or more, and must be secret.");
    }
    return subjects;
  }

  @Override
  public String toString() {
    return "SubjectSettings[salt=" + (salt.isPresent() ? "set" : "none") + "]";
  }
}
