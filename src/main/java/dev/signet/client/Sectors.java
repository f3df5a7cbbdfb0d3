package dev.signet.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.outbound.Answer;
import dev.signet.outbound.Outbound;
import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import dev.signet.wiring.Shared;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Whether a client belongs to the sector that it names: else it could learn the pairwise subjects
 * of another one (OpenID Connect Dynamic Client Registration 1.0, section 5). An administrator's
 * word is taken.
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
   * Asks the sector.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT} if it does not list all redirect URIs
   */
  void check(ClientMetadata metadata) {
    String sector = metadata.sectorIdentifierUri();
    if (sector != null && !listed(sector).containsAll(metadata.redirectUris())) {
      throw Refusal.of(
          Problem.INVALID_INPUT,
          "sector_identifier_uri",
          "must lead to a JSON array with all redirect_uris");
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
      throw Refusal.of(Problem.INVALID_INPUT, "sector_identifier_uri", "does not answer");
    }
  }
}
