package dev.signet.domain.session;

import dev.signet.base.wiring.Shared;
import dev.signet.domain.consent.ConsentWithdrawn;
import dev.signet.domain.user.AccountChanged;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/**
 * Ends sessions of a user whose password changes, who loses a group, whose account is disabled or
 * deleted, or who withdraws a consent, in the transaction of the change.
 */
@Shared
class AccountObserver {
  private final Sessions sessions;

  @Inject
  AccountObserver(Sessions sessions) {
    this.sessions = sessions;
  }

  void accountChanged(@Observes AccountChanged change) {
    switch (change.kind()) {
      case UPDATED -> {}
      case PASSWORD_CHANGED -> sessions.endOthers(change.id(), change.keptSession());
      // Access tokens contain the groups.
      case GROUP_LOST, DISABLED, DELETED -> sessions.endAll(change.id());
    }
  }

  void consentWithdrawn(@Observes ConsentWithdrawn withdrawn) {
    sessions.endOfClient(withdrawn.userId(), withdrawn.clientId());
  }
}
