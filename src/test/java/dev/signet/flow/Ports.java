package dev.signet.flow;

import java.io.IOException;
import java.net.ServerSocket;

/** Free ports for one server. */
record Ports(int http, int https, int management) {
  /** All sockets are open at the same time, so that the ports differ. */
  static Ports free() throws IOException {
    try (ServerSocket http = new ServerSocket(0);
        ServerSocket https = new ServerSocket(0);
        ServerSocket management = new ServerSocket(0)) {
      return new Ports(http.getLocalPort(), https.getLocalPort(), management.getLocalPort());
    }
  }
}
