package dev.signet.client;

import dev.signet.keys.PairwiseSubjects;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a client calls a user: {@code sub} (OpenID Connect Core 1.0, section 8). To most it is the
 * user's identifier; a pairwise client has names of its own, so that it cannot compare its users
 * with those of others.
 */
@Shared
public class Subjects {
  static final String PUBLIC = "public";
  static final String PAIRWISE = "pairwise";

  private final PairwiseSubjects pairwise;

  @Inject
  Subjects(PairwiseSubjects pairwise) {
    this.pairwise = pairwise;
  }

  /** The {@code sub} that a client knows a user by. */
  public String of(Client client, String userId) {
    return of(client.sector(), userId);
  }

  /**
   * The {@code sub} that the clients of a sector know a user by.
   *
   * @param sector as {@link Client#sector}
   */
  public String of(String sector, String userId) {
    return sector.isEmpty() ? userId : pairwise.of(sector, userId);
  }

  /** The values of {@code subject_type} that a client may register. */
  public List<String> types() {
    return pairwise.arePossible() ? List.of(PUBLIC, PAIRWISE) : List.of(PUBLIC);
  }

  /**
   * Refuses a client whose users would have no name.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT}
   */
  void check(ClientMetadata metadata) {
    if (!types().contains(metadata.subjectType())) {
      throw Refusal.of(
          Problem.INVALID_INPUT,
          "subject_type",
          "can only be pairwise if signet.subject.salt is set");
    }
  }

  /** The sector that a client's pairwise subjects are made for; none, if they are public. */
  static Optional<String> sectorOf(ClientMetadata metadata) {
    return Optional.of(metadata)
        .filter(client -> PAIRWISE.equals(client.subjectType()))
        .map(Subjects::sector);
  }

  /**
   * Those who share a sector share its names: the host that the client says it belongs to, or that
   * of its redirect URIs. A client on a user's own machine has no host, and is a sector by itself.
   */
  private static String sector(ClientMetadata metadata) {
    return Stream.ofNullable(metadata.sectorIdentifierUri())
        .map(uri -> URI.create(uri).getHost())
        .findFirst()
        .or(() -> hosts(metadata).findFirst())
        .orElse(metadata.clientId());
  }

  /** The hosts that its redirect URIs are on. */
  static Stream<String> hosts(ClientMetadata metadata) {
    return metadata.redirectUris().stream()
        .filter(uri -> uri != null && RegisteredUri.isPage(uri) && uri.startsWith("https:"))
        .map(uri -> URI.create(uri).getHost());
  }
}
