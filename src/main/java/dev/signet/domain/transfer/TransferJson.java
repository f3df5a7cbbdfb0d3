package dev.signet.domain.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The members of the file, and its JSON: a misspelt member is a fault. */
final class TransferJson {
  static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // 1.5 is not 1.
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  static final String CLIENTS = "clients";
  static final String USERS = "users";

  /** Of the file, the key; of a client or a user, its hash, sealed with the key. */
  static final String ENCRYPTED = "encrypted";

  private TransferJson() {}

  /** What the sealed hash of a client is bound to. */
  static String ofClient(String clientId) {
    return "client " + clientId;
  }

  /** What the sealed hash of a user is bound to. */
  static String ofUser(String username) {
    return "user " + username;
  }
}
