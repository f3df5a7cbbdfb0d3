package dev.signet.bench;

import io.hyperfoil.http.api.HttpMethod;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A request that users repeat, each as soon as the last one was answered.
 *
 * @param token the bearer token
 * @param body makes the JSON body of each request
 */
record Call(
    String name,
    HttpMethod method,
    String path,
    int users,
    Optional<String> token,
    Optional<Supplier<String>> body) {
  private static final AtomicLong NEW_USERS = new AtomicLong();

  static Call get(String name, String path, int users) {
    return new Call(name, HttpMethod.GET, path, users, Optional.empty(), Optional.empty());
  }

  static Call get(String name, String path, int users, String token) {
    return new Call(name, HttpMethod.GET, path, users, Optional.of(token), Optional.empty());
  }

  /** Logs the same user in. */
  static Call login(int users) {
    return post("login", "/api/login", users, () -> Server.CREDENTIALS);
  }

  /** Registers another user each time. */
  static Call register(int users) {
    return post(
        "register",
        "/api/register",
        users,
        () -> Server.credentials("user" + NEW_USERS.incrementAndGet()));
  }

  private static Call post(String name, String path, int users, Supplier<String> body) {
    return new Call(name, HttpMethod.POST, path, users, Optional.empty(), Optional.of(body));
  }

  Call withUsers(int number) {
    return new Call(name, method, path, number, token, body);
  }
}
