package dev.signet.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * Talks JSON to Signet as any client would. Redirects are not followed and no cookies are kept, so
 * that a test sees every answer. Immutable: {@link #withToken} gives another client.
 */
record Client(String baseUrl, Optional<String> token, Optional<String> address) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          // Over HTTP/2 one server answers 431 to everything that follows one long header.
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  static Client of(String baseUrl) {
    return new Client(baseUrl, Optional.empty(), Optional.empty());
  }

  Client withToken(String token) {
    return new Client(baseUrl, Optional.of(token), address);
  }

  /** The same caller at another node. */
  Client on(Client node) {
    return new Client(node.baseUrl, token, address);
  }

  /** The same caller, who comes from another address, as a trusted proxy says. */
  Client from(String address) {
    return new Client(baseUrl, token, Optional.of(address));
  }

  Reply get(String path) {
    return send(request(path).GET());
  }

  Reply delete(String path) {
    return send(request(path).DELETE());
  }

  /** Sends {@code body} as JSON: a map, a record, or anything else that Jackson can write. */
  Reply post(String path, Object body) {
    return sendJson("POST", path, body);
  }

  Reply put(String path, Object body) {
    return sendJson("PUT", path, body);
  }

  Reply patch(String path, Object body) {
    return sendJson("PATCH", path, body);
  }

  /** A request to complete by hand, for headers, methods and bodies that no good client sends. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .timeout(Duration.ofSeconds(30))
            .header("Accept", "application/json");
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    address.ifPresent(value -> request.header("X-Forwarded-For", value));
    return request;
  }

  Reply send(HttpRequest.Builder request) {
    try {
      return new Reply(HTTP.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Reply sendJson(String method, String path, Object body) {
    try {
      return send(
          request(path)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body))));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** An answer, read completely. */
  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    /** The body as JSON; a missing member is a missing node, so {@code path("x")} never fails. */
    JsonNode json() {
      try {
        return JSON.readTree(body());
      } catch (JsonProcessingException e) {
        throw new AssertionError("Not JSON: " + this, e);
      }
    }

    @Override
    public String toString() {
      return status() + " " + response.headers().map() + " " + body();
    }
  }
}
