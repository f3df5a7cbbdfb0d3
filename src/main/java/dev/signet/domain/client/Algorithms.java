package dev.signet.domain.client;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.jose.IdTokens;
import jakarta.inject.Inject;

/**
 * Checks the signature algorithm that a client requests for its ID tokens (OpenID Connect Dynamic
 * Client Registration 1.0, section 2): all ID tokens are signed by the same key.
 */
@Shared
class Algorithms {
  private final IdTokens idTokens;

  @Inject
  Algorithms(IdTokens idTokens) {
    this.idTokens = idTokens;
  }

  /**
   * Refuses an algorithm other than that of the signing key.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT}
   */
  void check(ClientMetadata metadata) {
    String asked = metadata.idTokenSignedResponseAlg();
    if (asked == null) {
      return;
    }
    String done = idTokens.algorithms().get(0);
    if (!done.equals(asked)) {
      throw Refusal.of(
          Problem.INVALID_INPUT,
          "id_token_signed_response_alg",
          "must be " + done + ", the algorithm of all ID tokens");
    }
  }
}
