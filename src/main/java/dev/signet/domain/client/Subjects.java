package dev.signet.domain.client;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.PairwiseSubjects;
import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The subjects of users for clients: {@code sub} (OpenID Connect Core 1.0, section 8). A public
 * subject is the user's identifier; a pairwise subject is specific to a sector, so that clients of
 * different sectors cannot correlate their users.
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

  /** Returns the {@code sub} of a user for a client. */
  public String of(Client client, String userId) {
    return of(client.sector(), userId);
  }

  /**
   * Returns the {@code sub} of a user for the clients of a sector.
   *
   * @param sector as {@link Client#sector}
   */
  public String of(String sector, String userId) {
    return sector.isEmpty() ? userId : pairwise.of(sector, userId);
  }

  /** Returns the values of {@code subject_type} that a client may register. */
  public List<String> types() {
    return pairwise.arePossible() ? List.of(PUBLIC, PAIRWISE) : List.of(PUBLIC);
  }

  /**
   * Refuses a pairwise client if there is no salt.
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

  /** Returns the sector of a client's pairwise subjects; empty if they are public. */
  static Optional<String> sectorOf(ClientMetadata metadata) {
    return Optional.of(metadata)
        .filter(client -> PAIRWISE.equals(client.subjectType()))
        .map(Subjects::sector);
  }

  /**
   * Returns the sector: the host of the sector identifier URI, or that of the redirect URIs.
   * Clients with the same sector get the same subjects. A client on a user's device has no host,
   * and is a sector of its own.
   */
  private static String sector(ClientMetadata metadata) {
    return Stream.ofNullable(metadata.sectorIdentifierUri())
        .map(uri -> URI.create(uri).getHost())
        .findFirst()
        .or(() -> hosts(metadata).findFirst())
        .orElse(metadata.clientId());
  }

  /** Returns the hosts of the redirect URIs. */
  static Stream<String> hosts(ClientMetadata metadata) {
    return metadata.redirectUris().stream()
        .filter(uri -> uri != null && RegisteredUri.isPage(uri) && uri.startsWith("https:"))
        .map(uri -> URI.create(uri).getHost());
  }
}
