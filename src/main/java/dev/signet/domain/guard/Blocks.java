package dev.signet.domain.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signet.base.metrics.Metrics;
import dev.signet.base.origin.Origin;
import dev.signet.base.origin.Source;
import dev.signet.base.origin.Sources;
import dev.signet.base.paging.Page;
import dev.signet.base.paging.PageQuery;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.settings.BlockSettings;
import dev.signet.base.settings.value.Network;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The blocked sources. A source that is not blocked is looked up in the database each time, so that
 * a limit reached on another node takes effect immediately. A block is cached for a second, so that
 * a flood from a blocked source causes no queries. Blocks by administrators are kept in memory, and
 * reloaded each second.
 */
@Shared
public class Blocks {
  private static final Duration STALENESS = Duration.ofSeconds(1);
  private static final int MOST_REMEMBERED = 10_000;
  private static final int WIDEST_IPV4 = 16;
  private static final int WIDEST_IPV6 = 32;

  private final StoredBlocks stored;
  private final BlockSettings settings;
  private final Sources sources;
  private final AuditLog audit;
  private final Clock clock;
  private final Cache<Source, Instant> found =
      Caffeine.newBuilder()
          .maximumSize(MOST_REMEMBERED)
          .expireAfterWrite(STALENESS)
          .executor(Runnable::run)
          .build();

  private volatile BlockedNetworks networks = BlockedNetworks.NONE;
  private volatile long blocked;

  @Inject
  Blocks(
      StoredBlocks stored,
      BlockSettings settings,
      Sources sources,
      AuditLog audit,
      Metrics metrics,
      Clock clock) {
    this.stored = stored;
    this.settings = settings;
    this.sources = sources;
    this.audit = audit;
    this.clock = clock;
    metrics.gauge(
        "signet_blocked_sources",
        "Blocked sources and networks, refreshed every second",
        () -> blocked);
  }

  /** Reloads the blocks by administrators, and the number of all blocks. */
  public void catchUp() {
    networks = BlockedNetworks.of(stored.ofAdministrators());
    blocked = stored.count();
  }

  /** Lists the active blocks, newest first. */
  public Page<Block> list(PageQuery query) {
    return stored.list(query);
  }

  /**
   * Blocks a source, or all sources of a network. A part of a source blocks the whole source.
   *
   * @param length the duration; by default, that of a first automatic block
   * @throws Refusal {@link Problem#INVALID_INPUT} for a network wider than /16 (IPv4) or /32
   *     (IPv6), {@link Problem#BLOCK_REFUSED} for a network that is exempt, or that contains the
   *     caller's address
   */
  public Block block(
      Network network, Optional<Duration> length, String administrator, Optional<String> reason) {
    Network whole = sources.whole(network);
    refuseTooWide(whole);
    if (isAllowed(whole)) {
      throw new Refusal(
          Problem.BLOCK_REFUSED,
          "The network overlaps with signet.block.allow, whose addresses are never" + " blocked.");
    }
    if (Origin.current().source().flatMap(Source::network).filter(whole::overlaps).isPresent()) {
      throw new Refusal(Problem.BLOCK_REFUSED, "The network contains your own address.");
    }
    Block block =
        retried(
            () -> stored.block(whole, length.orElse(settings.duration()), administrator, reason));
    catchUp();
    audit.record(SecurityEvent.of(EventType.SOURCE_BLOCKED).detail(detail(block)));
    return block;
  }

  /**
   * Ends a block, automatic or not.
   *
   * @throws Refusal {@link Problem#NOT_FOUND}
   */
  public void lift(String id) {
    Block block =
        stored
            .lift(id)
            .orElseThrow(() -> new Refusal(Problem.NOT_FOUND, "The block does not exist."));
    found.invalidateAll();
    catchUp();
    audit.record(SecurityEvent.of(EventType.SOURCE_UNBLOCKED).detail(block.source()));
  }

  /** Whether failures of a source count. */
  boolean count(Source source) {
    return source.network().filter(this::isAllowed).isEmpty();
  }

  /** Returns the time until which a source is blocked. */
  Optional<Instant> until(Source source) {
    return source
        .network()
        .flatMap(networks::until)
        .or(() -> Optional.ofNullable(found.getIfPresent(source)))
        .filter(clock.instant()::isBefore)
        .or(() -> lookUp(source));
  }

  private Optional<Instant> lookUp(Source source) {
    Optional<Instant> until = stored.blockedUntil(source);
    until.ifPresent(end -> found.put(source, end));
    return until;
  }

  /** Counts a failure of a source. */
  void failed(Source source) {
    retried(() -> stored.failed(source))
        .ifPresent(
            block ->
                audit.record(SecurityEvent.of(EventType.SOURCE_BLOCKED).detail(detail(block))));
  }

  /** Retries once after another transaction has inserted the same row concurrently. */
  static <T> T retried(Supplier<T> work) {
    try {
      return work.get();
    } catch (Contended e) {
      return work.get();
    }
  }

  private boolean isAllowed(Network network) {
    return settings.allowed().stream().anyMatch(network::overlaps);
  }

  private static void refuseTooWide(Network network) {
    int widest = network.address().getAddress().length == 4 ? WIDEST_IPV4 : WIDEST_IPV6;
    if (network.prefix() < widest) {
      throw Refusal.of(Problem.INVALID_INPUT, "source", "must not be wider than /" + widest);
    }
  }

  private static String detail(Block block) {
    return block.source() + " until " + block.until();
  }
}
