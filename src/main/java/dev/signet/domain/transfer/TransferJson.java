package dev.signet.domain.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The members of the file, and its JSON mapper, which refuses unknown members. */
final class TransferJson {
  static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // 1.5 must not be read as 1.
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  static final String CLIENTS = "clients";
  static final String USERS = "users";

  /** In the file, the encrypted key; in a client or a user, the hash encrypted with that key. */
  static final String ENCRYPTED = "encrypted";

  private TransferJson() {}

  /** Returns the name that the encrypted hash of a client is bound to. */
  static String ofClient(String clientId) {
    return "client " + clientId;
  }

  /** Returns the name that the encrypted hash of a user is bound to. */
  static String ofUser(String username) {
    return "user " + username;
  }
}
