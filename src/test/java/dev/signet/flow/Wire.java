package dev.signet.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/** A connection over which a client sends what no client library would. */
final class Wire implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST = 1 << 20;

  private final Socket socket;
  private final PushbackInputStream in;

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    in = new PushbackInputStream(socket.getInputStream());
  }

  static Wire to(Client client) {
    URI server = URI.create(client.baseUrl());
    try {
      return new Wire(new Socket(server.getHost(), server.getPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The start of a POST of JSON, whose body of so many bytes does not come with it. */
  static String announcement(String path, int length) {
    return """
        POST %s HTTP/1.1
        Host: localhost
        Content-Type: application/json
        Content-Length: %s

        """
        .formatted(path, length)
        .replace("\n", "\r\n");
  }

  Wire send(String text) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(ISO_8859_1));
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the server still takes what is sent. */
  boolean takes(String text) {
    try {
      send(text);
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Whether an answer has begun, or the server has closed the connection. */
  boolean isOver() {
    try {
      socket.setSoTimeout(1);
      int next = in.read();
      if (next >= 0) {
        in.unread(next);
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // reset
    }
  }

  /** What comes until the server closes the connection; empty if it does so without an answer. */
  String answer() {
    try {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      return new String(in.readNBytes(MOST), ISO_8859_1);
    } catch (IOException e) {
      return ""; // reset
    }
  }

  /** The first line of the answer; empty if the connection ends before. */
  String head() {
    try {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        line.append((char) next);
      }
      return line.toString();
    } catch (IOException e) {
      return ""; // reset
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
