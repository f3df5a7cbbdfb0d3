package dev.signet.domain.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.base.paging.Page;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.account.UserTransfer;
import dev.signet.domain.client.Clients;
import dev.signet.domain.client.RegisteredClient;
import dev.signet.domain.jose.TransferKey;
import dev.signet.domain.user.StoredUser;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/** Exports all clients and users, page by page, to a file for {@link Import}. */
@Shared
public class Export {
  private static final int PART = 100;

  /** The characters that a header can contain. */
  private static final Pattern PASSPHRASE = Pattern.compile("[\\x20-\\x7E]{12,256}");

  private final Clients clients;
  private final UserTransfer users;

  @Inject
  Export(Clients clients, UserTransfer users) {
    this.clients = clients;
    this.users = users;
  }

  /**
   * Refuses a weak passphrase.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT} if the passphrase is too short
   */
  public static void check(String passphrase) {
    if (passphrase == null || !PASSPHRASE.matcher(passphrase).matches()) {
      throw new Refusal(
          Problem.INVALID_INPUT,
          "An export with secrets requires a passphrase of 12 to 256 ASCII characters"
              + " in the header Signet-Passphrase.");
    }
  }

  /**
   * Writes the file.
   *
   * @param passphrase encrypts the hashes of secrets and passwords; without one, they are omitted
   */
  public void write(OutputStream out, Optional<String> passphrase) throws IOException {
    Optional<TransferKey> key = passphrase.map(given -> TransferKey.random());
    try (JsonGenerator json = TransferJson.MAPPER.createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      if (key.isPresent()) {
        json.writeStringField(TransferJson.ENCRYPTED, key.get().wrap(passphrase.orElseThrow()));
      }
      json.writeArrayFieldStart(TransferJson.CLIENTS);
      writeClients(json, key);
      json.writeEndArray();
      json.writeArrayFieldStart(TransferJson.USERS);
      writeUsers(json, key);
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private void writeClients(JsonGenerator json, Optional<TransferKey> key) throws IOException {
    Optional<String> after = Optional.empty();
    do {
      Page<RegisteredClient> page = clients.list(PART, after);
      for (RegisteredClient client : page.items()) {
        if (client.hasDocument()) {
          continue; // A client with a metadata document is not registered, and the import would
          // register it.
        }
        ObjectNode members = TransferJson.MAPPER.valueToTree(client.metadata());
        seal(members, key, TransferJson.ofClient(client.clientId()), client.secretHash());
        json.writeTree(members);
      }
      after = page.next();
    } while (after.isPresent());
  }

  private void writeUsers(JsonGenerator json, Optional<TransferKey> key) throws IOException {
    Optional<String> after = Optional.empty();
    do {
      Page<StoredUser> page = users.list(after);
      for (StoredUser user : page.items()) {
        ObjectNode members = TransferJson.MAPPER.valueToTree(user.withPasswordHash(null));
        String of = TransferJson.ofUser(user.username());
        seal(members, key, of, Optional.of(user.passwordHash()));
        json.writeTree(members);
      }
      after = page.next();
    } while (after.isPresent());
  }

  private static void seal(
      ObjectNode members, Optional<TransferKey> key, String of, Optional<String> hash) {
    if (key.isPresent() && hash.isPresent()) {
      members.put(TransferJson.ENCRYPTED, key.get().seal(of, hash.get()));
    }
  }
}
