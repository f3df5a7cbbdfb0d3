package dev.signet.domain.client;

import dev.signet.base.settings.Settings;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.wiring.Shared;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Checks at the start that the {@link SubjectSalt} has not changed. */
@Shared
public class SubjectSaltCheck {
  private static final Logger LOG = System.getLogger(SubjectSaltCheck.class.getName());
  private static final String FAULT =
      "signet.subject.salt differs from the secret that existing pairwise subjects were derived"
          + " from. Restore the previous value: with this one, pairwise clients see each user as a"
          + " new user.";

  @EJB private SubjectSalt salt;

  private final boolean production;

  @Inject
  SubjectSaltCheck(Settings settings) {
    production = settings.production();
  }

  /**
   * Checks the current salt.
   *
   * @throws InvalidSettings in production, if it has changed
   */
  public void start() {
    if (!salt.isChanged()) {
      return;
    }
    if (production) {
      throw new InvalidSettings("signet.production refuses to start: " + FAULT);
    }
    LOG.log(Level.WARNING, "UNSAFE: {0}", FAULT);
  }
}
