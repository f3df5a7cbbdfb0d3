package dev.signet.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.problem.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubjectsTest {
  private static final String ADA = "0d7e1c1e-0000-4000-8000-000000000001";
  private static final String BOB = "0d7e1c1e-0000-4000-8000-000000000002";

  private final Subjects subjects = TestSubjects.salted("a secret of at least 32 characters");

  @Test
  void publicClientKnowsUsersByTheirIdentifiers() {
    assertEquals(ADA, subjects.of(client("shop", "public", "https://a.example.org/"), ADA));
    assertEquals(
        ADA, TestSubjects.unsalted().of(client("shop", "public", "https://a.example.org/"), ADA));
  }

  @Test
  void subjectsOfASectorAreThoseOfItsClients() {
    Client client = client("one", "pairwise", "https://a.example.org/one");

    assertEquals(subjects.of(client, ADA), subjects.of("a.example.org", ADA));
    assertEquals(ADA, subjects.of("", ADA));
  }

  @Test
  void pairwiseClientsOfOneSectorShareTheirNamesForUsers() {
    Client one = client("one", "pairwise", "https://a.example.org/one");
    Client two = client("two", "pairwise", "https://a.example.org/two");
    Client other = client("other", "pairwise", "https://b.example.org/");

    String ada = subjects.of(one, ADA);
    assertTrue(ada.matches("[A-Za-z0-9_-]{43}"), ada);
    assertEquals(ada, subjects.of(one, ADA));
    assertEquals(ada, subjects.of(two, ADA));
    assertNotEquals(ada, subjects.of(one, BOB));
    assertNotEquals(ada, subjects.of(other, ADA));
  }

  @Test
  void sectorIdentifierComesBeforeTheRedirectUri() {
    Client named =
        TestRegistration.of(
            """
            {"client_id": "one", "subject_type": "pairwise",
             "redirect_uris": ["https://a.example.org/"],
             "sector_identifier_uri": "https://b.example.org/sector.json"}""");
    Client other = client("other", "pairwise", "https://b.example.org/");

    assertEquals(subjects.of(other, ADA), subjects.of(named, ADA));
  }

  @Test
  void clientWithoutAHostOfItsOwnIsASectorByItself() {
    Client one = client("one", "pairwise", "http://127.0.0.1/callback");
    Client two = client("two", "pairwise", "http://127.0.0.1/callback");
    Client app = client("app", "pairwise", "org.example.app:/callback");

    assertNotEquals(subjects.of(one, ADA), subjects.of(two, ADA));
    assertNotEquals(subjects.of(one, ADA), subjects.of(app, ADA));
  }

  @Test
  void anotherSaltGivesOtherNames() {
    Client client = client("one", "pairwise", "https://a.example.org/");

    assertNotEquals(
        subjects.of(client, ADA),
        TestSubjects.salted("another secret of 32 characters or more").of(client, ADA));
  }

  @Test
  void withoutASaltThereAreNoPairwiseClients() {
    Subjects unsalted = TestSubjects.unsalted();
    Client pairwise = client("one", "pairwise", "https://a.example.org/");

    assertEquals(List.of("public"), unsalted.types());
    assertThrows(Refusal.class, () -> unsalted.check(pairwise.metadata()));
    assertThrows(IllegalStateException.class, () -> unsalted.of(pairwise, ADA));
    assertEquals(List.of("public", "pairwise"), subjects.types());
    subjects.check(pairwise.metadata());
  }

  private static Client client(String id, String subjectType, String redirectUri) {
    return TestRegistration.of(
        """
        {"client_id": "%s", "subject_type": "%s", "redirect_uris": ["%s"],
         "application_type": "%s"}"""
            .formatted(
                id, subjectType, redirectUri, redirectUri.startsWith("https") ? "web" : "native"));
  }
}
