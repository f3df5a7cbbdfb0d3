package dev.signet.flow;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/**
 * What a client can do, told as tests. A flow is an interface, so that one test class can deploy
 * Signet once and run many of them.
 */
interface Flow {
  /** A client without a token. */
  default Client client() {
    return Client.of(System.getProperty(ServerSession.URL));
  }

  /** Sends a body as it is, in the name of JSON. */
  default Client.Reply postText(String path, String body) {
    return client().send(json(path).POST(BodyPublishers.ofString(body)));
  }

  /** A request whose body will be JSON. */
  default HttpRequest.Builder json(String path) {
    return client().request(path).header("Content-Type", "application/json");
  }
}
