package dev.signet.domain.guard;

import dev.signet.base.metrics.Metrics;
import dev.signet.base.origin.Origin;
import dev.signet.base.origin.Source;
import dev.signet.base.origin.Sources;
import dev.signet.base.paging.Page;
import dev.signet.base.paging.PageQuery;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.Settings;
import dev.signet.base.settings.value.Network;
import dev.signet.base.wiring.TestWiring;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.TestAudit;
import dev.signet.domain.database.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** The guard of one node, on a database that it shares with others. */
final class GuardNode {
  private final Store store;
  private final Settings settings;
  private final Clock clock;
  private final AtomicInteger lookUps = new AtomicInteger();
  private final List<EventType> events = Collections.synchronizedList(new ArrayList<>());
  private final Blocks blocks;
  private final Guard guard;

  GuardNode(Store store, Settings settings, Clock clock) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
    AuditLog audit = TestAudit.telling(event -> events.add(event.type()));
    Metrics metrics = new Metrics();
    Sources sources = TestWiring.make(Sources.class, settings.sources());
    blocks = new Blocks(new TransactedBlocks(), settings.blocks(), sources, audit, metrics, clock);
    guard = new Guard(blocks, new TransactedLocks(), audit, metrics, clock);
  }

  Blocks blocks() {
    return blocks;
  }

  /** What was recorded. */
  List<EventType> events() {
    return events;
  }

  /** How often a source was looked up in the database. */
  int lookUps() {
    return lookUps.get();
  }

  void fail(String source) {
    from(
        source,
        () -> {
          guard.failed();
          return null;
        });
  }

  boolean admits(String source) {
    return waits(source).isZero();
  }

  /** How long a source has to wait; zero if it is admitted. */
  Duration waits(String source) {
    return from(
        source,
        () -> {
          try {
            guard.admit();
            return Duration.ZERO;
          } catch (Refusal refusal) {
            if (refusal.problem() != Problem.BLOCKED) {
              throw refusal;
            }
            return refusal.retryAfter().orElseThrow();
          }
        });
  }

  /** Whether an attempt at an account with the right password lets its source in. */
  boolean enters(String name, String source) {
    return from(source, () -> !guard.attempted(new Attempt(name, Optional.empty(), true)));
  }

  /** Tries a wrong password. Returns whether the caller had to wait. */
  boolean guesses(String name, String source) {
    return from(source, () -> guard.attempted(new Attempt(name, Optional.empty(), false)));
  }

  static <T> T from(String source, Supplier<T> work) {
    new Origin(Optional.of(new Source(source)), "", "test", Optional::empty).enter();
    try {
      return work.get();
    } finally {
      Origin.leave();
    }
  }

  /** As the container has it: each method is a transaction. */
  private final class TransactedBlocks extends StoredBlocks {
    private <T> T transaction(Function<StoredBlocks, T> work) {
      return store.inTransaction(
          entities -> work.apply(new StoredBlocks(entities, settings.blocks(), clock)));
    }

    @Override
    public Optional<Instant> blockedUntil(Source source) {
      lookUps.incrementAndGet();
      return transaction(blocks -> blocks.blockedUntil(source));
    }

    @Override
    public Optional<Block> failed(Source source) {
      return transaction(blocks -> blocks.failed(source));
    }

    @Override
    public Block block(
        Network network, Duration length, String administrator, Optional<String> reason) {
      return transaction(blocks -> blocks.block(network, length, administrator, reason));
    }

    @Override
    public Optional<Block> lift(String id) {
      return transaction(blocks -> blocks.lift(id));
    }

    @Override
    public Page<Block> list(PageQuery query) {
      return transaction(blocks -> blocks.list(query));
    }

    @Override
    public long count() {
      return transaction(StoredBlocks::count);
    }

    @Override
    public List<Block> ofAdministrators() {
      return transaction(StoredBlocks::ofAdministrators);
    }
  }

  private final class TransactedLocks extends AccountLocks {
    @Override
    public State attempt(Attempt attempt, Source source) {
      return store.inTransaction(
          entities -> new AccountLocks(entities, settings.locks(), clock).attempt(attempt, source));
    }
  }
}
