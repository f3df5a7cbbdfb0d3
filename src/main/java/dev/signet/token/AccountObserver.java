package dev.signet.token;

import dev.signet.client.ConsentWithdrawn;
import dev.signet.user.AccountChanged;
import dev.signet.wiring.Shared;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Ends sessions when what they rest on changes, in the same transaction. */
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
      // Their tokens say what the user may do.
      case GROUP_LOST, DISABLED, DELETED -> sessions.endAll(change.id());
    }
  }

  void consentWithdrawn(@Observes ConsentWithdrawn withdrawn) {
    sessions.endOfClient(withdrawn.userId(), withdrawn.clientId());
  }
}
