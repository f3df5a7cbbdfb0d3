package dev.signet.bench;

import io.hyperfoil.http.api.HttpMethod;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A request that users repeat, each as soon as the last one was answered.
 *
 * @param authorization the header
 * @param type of the body
 * @param body makes the body of each request
 * @param reader is given the body of each answer
 */
record Call(
    String name,
    HttpMethod method,
    String path,
    int users,
    Optional<String> authorization,
    String type,
    Optional<Supplier<String>> body,
    Optional<Consumer<String>> reader) {
  private static final String JSON = "application/json";
  private static final AtomicLong NEW_USERS = new AtomicLong();

  static Call get(String name, String path, int users) {
    return get(name, path, users, Optional.empty());
  }

  static Call get(String name, String path, int users, String token) {
    return get(name, path, users, Optional.of("Bearer " + token));
  }

  private static Call get(String name, String path, int users, Optional<String> authorization) {
    return new Call(
        name, HttpMethod.GET, path, users, authorization, JSON, Optional.empty(), Optional.empty());
  }

  /** Logs the same user in. */
  static Call login(int users) {
    return post("login", "/api/login", users, () -> Server.CREDENTIALS, Optional.empty());
  }

  /** Registers another user each time. */
  static Call register(int users) {
    return post(
        "register",
        "/api/register",
        users,
        () -> Server.credentials("user" + NEW_USERS.incrementAndGet()),
        Optional.empty());
  }

  /** Spends a refresh token and keeps the next one; needs as many as there are users. */
  static Call refresh(int users, RefreshTokens tokens) {
    return post("refresh", "/api/refresh", users, tokens::spend, Optional.of(tokens::keep));
  }

  /** Asks the token endpoint. */
  static Call form(String name, int users, String authorization, Supplier<String> body) {
    return new Call(
        name,
        HttpMethod.POST,
        "/oauth2/token",
        users,
        Optional.of(authorization),
        "application/x-www-form-urlencoded",
        Optional.of(body),
        Optional.empty());
  }

  private static Call post(
      String name,
      String path,
      int users,
      Supplier<String> body,
      Optional<Consumer<String>> reader) {
    return new Call(
        name, HttpMethod.POST, path, users, Optional.empty(), JSON, Optional.of(body), reader);
  }

  Call withUsers(int number) {
    return new Call(name, method, path, number, authorization, type, body, reader);
  }

  /** The same under another name. */
  Call named(String other) {
    return new Call(other, method, path, users, authorization, type, body, reader);
  }

  /** The same, whose answers somebody reads. */
  Call reading(Consumer<String> what) {
    return new Call(name, method, path, users, authorization, type, body, Optional.of(what));
  }
}
