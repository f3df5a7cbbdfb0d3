package dev.signet.domain.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signet.base.wiring.Shared;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * A cache of accounts for display, for one second, because clients request their own account
 * frequently. A change on this node takes effect immediately, one on another node within that
 * second. Do not use it for decisions.
 */
@Shared
public class RecentUsers {
  private static final Duration STALENESS = Duration.ofSeconds(1);
  private static final int MOST = 10_000;

  private final Users users;
  private final Cache<String, Optional<User>> recent =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterWrite(STALENESS)
          .executor(Runnable::run)
          .build();

  @Inject
  RecentUsers(Users users) {
    this.users = users;
  }

  public Optional<User> find(String id) {
    return recent.get(id, users::find);
  }

  void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccountChanged change) {
    recent.invalidate(change.id());
  }
}
