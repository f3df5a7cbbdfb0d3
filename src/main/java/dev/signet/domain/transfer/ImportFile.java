package dev.signet.domain.transfer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.signet.base.problem.Refusal;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.ImportSettings;
import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.settings.reading.Placeholders;
import dev.signet.domain.account.UserTransfer;
import dev.signet.domain.client.ClientMetadata;
import dev.signet.domain.client.Clients;
import dev.signet.domain.jose.TransferKey;
import dev.signet.domain.user.StoredUser;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a file item by item, so that it may be larger than the memory. */
final class ImportFile {
  private static final String SECRET = "client_secret";

  /** The minimum length of secrets: a fast hash is only sufficient for generated secrets. */
  private static final int LEAST_SECRET = 32;

  private static final int ITEMS_PER_LEASE = 100;

  private final Clients clients;
  private final UserTransfer users;
  private final Placeholders placeholders;
  private final Optional<String> passphrase;
  private final Duration overlap;
  private final Runnable stay;

  private Optional<TransferKey> key = Optional.empty();
  private int changedClients;
  private int newUsers;

  /**
   * Creates a reader.
   *
   * @param overlap how long a replaced secret stays valid
   * @param stay is called periodically to keep the lease
   */
  ImportFile(
      Clients clients,
      UserTransfer users,
      Placeholders placeholders,
      Optional<String> passphrase,
      Duration overlap,
      Runnable stay) {
    this.clients = clients;
    this.users = users;
    this.placeholders = placeholders;
    this.passphrase = passphrase;
    this.overlap = overlap;
    this.stay = stay;
  }

  int changedClients() {
    return changedClients;
  }

  int newUsers() {
    return newUsers;
  }

  /**
   * Imports the file.
   *
   * @throws InvalidSettings with the position of the fault
   */
  void apply(Path file) {
    try (JsonParser in = TransferJson.MAPPER.createParser(file.toFile())) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw fault("$", "must be an object");
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String member = in.currentName();
        in.nextToken();
        switch (member) {
          case TransferJson.ENCRYPTED -> key = Optional.of(key(in));
          case TransferJson.CLIENTS -> each(in, "$.clients", this::addClient);
          case TransferJson.USERS -> each(in, "$.users", this::addUser);
          default -> throw fault("$." + member, "is not supported");
        }
      }
    } catch (JacksonException e) {
      // The message of Jackson quotes the file, which may contain secrets.
      throw fault(
          "the file",
          "cannot be read as JSON; look at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw new InvalidSettings(ImportSettings.FILE + ": " + file + " cannot be read.", e);
    }
  }

  private interface Item {
    void add(ObjectNode members, String at) throws JsonProcessingException;
  }

  private void each(JsonParser in, String list, Item item) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw fault(list, "must be an array");
    }
    for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
      String at = list + "[" + i + "]";
      JsonNode node = TransferJson.MAPPER.readTree(in);
      if (!(node instanceof ObjectNode members)) {
        throw fault(at, "must be an object");
      }
      fill(members, at);
      add(item, members, at);
      if (i % ITEMS_PER_LEASE == 0) {
        stay.run();
      }
    }
  }

  private static void add(Item item, ObjectNode members, String at) {
    try {
      item.add(members, at);
    } catch (JsonMappingException e) {
      throw fault(at + path(e), "is not supported or has the wrong type");
    } catch (JsonProcessingException e) {
      throw fault(at, "cannot be read");
    } catch (Refusal e) {
      String faults =
          e.errors().stream()
              .map(error -> at + "." + error.field() + " " + error.message())
              .collect(Collectors.joining("; "));
      throw new InvalidSettings(
          ImportSettings.FILE
              + ": "
              + (faults.isEmpty() ? at + ": " + e.getMessage() : faults + "."));
    }
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getFieldName())
        .collect(Collectors.joining());
  }

  private void addClient(ObjectNode members, String at) throws JsonProcessingException {
    Optional<String> secret = Optional.ofNullable(members.remove(SECRET)).map(JsonNode::asText);
    Optional<String> sealed = sealed(members);
    ClientMetadata named = TransferJson.MAPPER.treeToValue(members, ClientMetadata.class);
    if (named.clientId() == null) {
      throw fault(at + ".client_id", "is required");
    }
    if (secret.filter(text -> text.length() < LEAST_SECRET).isPresent()) {
      throw fault(
          at + "." + SECRET, "must have at least " + LEAST_SECRET + " characters: generate one");
    }
    Optional<String> hash =
        secret
            .map(text -> new OpaqueToken(text).hash())
            .or(() -> sealed.map(text -> open(TransferJson.ofClient(named.clientId()), text, at)));
    if (clients.merge(named, hash, overlap)) {
      changedClients++;
    }
  }

  private void addUser(ObjectNode members, String at) throws JsonProcessingException {
    Optional<String> sealed = sealed(members);
    StoredUser user = TransferJson.MAPPER.treeToValue(members, StoredUser.class);
    StoredUser complete =
        sealed
            .map(
                text -> user.withPasswordHash(open(TransferJson.ofUser(user.username()), text, at)))
            .orElse(user);
    if (users.add(complete)) {
      newUsers++;
    }
  }

  private static Optional<String> sealed(ObjectNode members) {
    return Optional.ofNullable(members.remove(TransferJson.ENCRYPTED)).map(JsonNode::asText);
  }

  private TransferKey key(JsonParser in) throws IOException {
    String at = "$." + TransferJson.ENCRYPTED;
    try {
      return TransferKey.unwrap(
          in.getValueAsString(""),
          passphrase.orElseThrow(() -> fault(at, "needs " + ImportSettings.PASSPHRASE)));
    } catch (GeneralSecurityException e) {
      throw fault(at, "cannot be decrypted with " + ImportSettings.PASSPHRASE);
    }
  }

  private String open(String of, String text, String at) {
    try {
      return key.orElseThrow(() -> fault("$." + TransferJson.ENCRYPTED, "must be the first member"))
          .open(of, text);
    } catch (GeneralSecurityException e) {
      throw fault(
          at + "." + TransferJson.ENCRYPTED,
          "cannot be decrypted: the value belongs to another entry or was modified");
    }
  }

  /** Fills placeholders in all strings, at any depth. */
  private void fill(ObjectNode members, String at) {
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      member.setValue(filled(member.getValue(), at + "." + member.getKey()));
    }
  }

  private JsonNode filled(JsonNode value, String at) {
    if (value instanceof TextNode text) {
      try {
        return TextNode.valueOf(placeholders.fill(text.textValue()));
      } catch (IllegalArgumentException e) {
        throw fault(at, "needs " + e.getMessage() + ", which is not set");
      }
    }
    if (value instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        list.set(i, filled(list.get(i), at + "[" + i + "]"));
      }
    }
    if (value instanceof ObjectNode object) {
      fill(object, at);
    }
    return value;
  }

  private static InvalidSettings fault(String at, String what) {
    return new InvalidSettings(ImportSettings.FILE + ": " + at + " " + what + ".");
  }
}
