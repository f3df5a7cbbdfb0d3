package dev.signet.domain.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.base.oauth.GrantType;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.outbound.Answer;
import dev.signet.domain.outbound.Outbound;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Checks that a client belongs to its sector, as otherwise it could learn the pairwise subjects of
 * another sector (OpenID Connect Core 1.0, section 8.1; Dynamic Client Registration 1.0, section
 * 5). Redirect URIs prove it, because codes are sent there. Registrations by administrators are not
 * checked.
 */
@Shared
class Sectors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<String>> LIST = new TypeReference<>() {};

  private final Outbound outbound;

  @Inject
  Sectors(Outbound outbound) {
    this.outbound = outbound;
  }

  /**
   * Checks the client against the sector that it names.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT} if the sector does not list all redirect URIs, or
   *     if the client could get tokens without a redirect
   */
  void check(ClientMetadata metadata) {
    boolean joins =
        Subjects.sectorOf(metadata).filter(of -> !of.equals(metadata.clientId())).isPresent();
    if (joins) {
      refuseIfTokensGoElsewhere(metadata);
    }
    String sector = metadata.sectorIdentifierUri();
    if (sector != null && !listed(sector).containsAll(metadata.redirectUris())) {
      throw Refusal.of(
          Problem.INVALID_INPUT,
          "sector_identifier_uri",
          "must return a JSON array that contains all redirect_uris");
    }
  }

  /**
   * Checks a change of a client, which must not change its sector: previous tokens could reveal the
   * subjects of the new sector.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT}
   */
  void checkChange(ClientMetadata former, ClientMetadata next) {
    if (!Subjects.sectorOf(former).equals(Subjects.sectorOf(next))) {
      throw Refusal.of(
          Problem.INVALID_INPUT,
          "subject_type",
          "must not change, nor may the sector of pairwise subjects");
    }
    check(next);
  }

  private static void refuseIfTokensGoElsewhere(ClientMetadata metadata) {
    if (metadata.grantTypes().contains(GrantType.DEVICE_CODE.text())) {
      throw Refusal.of(
          Problem.INVALID_INPUT,
          "grant_types",
          "must not contain "
              + GrantType.DEVICE_CODE.text()
              + " with pairwise subjects of a shared sector, because no redirect URI"
              + " proves that the client belongs to it");
    }
    boolean onItsHost = Subjects.hosts(metadata).count() == metadata.redirectUris().size();
    if (metadata.sectorIdentifierUri() == null && !onItsHost) {
      throw Refusal.of(
          Problem.INVALID_INPUT,
          "sector_identifier_uri",
          "is required when redirect_uris have several hosts or schemes without a host");
    }
  }

  private List<String> listed(String sector) {
    try {
      Answer answer = outbound.get(URI.create(sector));
      return answer.status() == 200
          ? Optional.ofNullable(JSON.readValue(answer.body(), LIST)).orElse(List.of())
          : List.of();
    } catch (JsonProcessingException e) {
      return List.of();
    } catch (IOException e) {
      throw Refusal.of(Problem.INVALID_INPUT, "sector_identifier_uri", "cannot be fetched");
    }
  }
}
