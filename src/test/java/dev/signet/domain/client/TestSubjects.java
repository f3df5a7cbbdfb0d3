package dev.signet.domain.client;

import dev.signet.base.secret.PairwiseSubjects;
import dev.signet.base.settings.SubjectSettings;
import java.util.Optional;

/** What clients of a Signet in tests call its users. */
public final class TestSubjects {
  private TestSubjects() {}

  /** Without a salt, and so without pairwise subjects. */
  public static Subjects unsalted() {
    return of(Optional.empty());
  }

  public static Subjects salted(String salt) {
    return of(Optional.of(salt));
  }

  private static Subjects of(Optional<String> salt) {
    return new Subjects(new PairwiseSubjects(new SubjectSettings(salt)));
  }
}
