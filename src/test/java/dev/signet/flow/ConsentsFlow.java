package dev.signet.flow;

import static dev.signet.flow.Problems.assertProblem;
import static dev.signet.flow.Problems.assertTokenMissing;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What somebody has agreed that clients may do. */
interface ConsentsFlow extends Flow {
  String CONSENTS = "/api/me/consents";

  @Test
  default void whoHasAgreedToNothingHasNoConsents() {
    Client ada = TestUsers.loggedIn(client()).client();

    Client.Reply reply = ada.get(CONSENTS);

    assertEquals(200, reply.status(), reply::toString);
    assertEquals("{\"items\":[],\"next\":null}", reply.body());
    assertProblem(404, "not-found", ada.delete(CONSENTS + "/reports"));
    assertProblem(404, "not-found", ada.delete(CONSENTS + "/%20"));
    assertProblem(400, "invalid-input", ada.get(CONSENTS + "?limit=0"), "limit");
    assertProblem(400, "invalid-input", ada.get(CONSENTS + "?after=%20"), "after");
    assertTokenMissing(client().get(CONSENTS));
    assertTokenMissing(client().delete(CONSENTS + "/reports"));
  }
}
