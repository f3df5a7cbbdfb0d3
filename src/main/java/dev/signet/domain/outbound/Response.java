package dev.signet.domain.outbound;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one HTTP/1.1 response (RFC 9112) with limits, from a connection that is not reused. */
final class Response {
  private static final int MOST_HEADER_BYTES = 16_384;
  private static final int MOST_BODY_BYTES = 65_536;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( .*)?");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,9}");
  private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,7})[ \t]*(;.*)?");

  private final InputStream in;
  private int headerBytes;

  private Response(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /**
   * Reads a response.
   *
   * @throws IOException if it is too long, incomplete, or not HTTP
   */
  static Answer read(InputStream in) throws IOException {
    return new Response(in).read();
  }

  private Answer read() throws IOException {
    int status;
    Map<String, String> headers;
    do {
      Matcher line = STATUS.matcher(line());
      if (!line.matches()) {
        throw new IOException("not an HTTP/1.1 response");
      }
      status = Integer.parseInt(line.group(1));
      headers = headers();
    } while (status < 200); // Interim responses (RFC 9110, section 15.2).
    byte[] body = status == 204 || status == 304 ? new byte[0] : body(headers);
    return new Answer(status, new String(body, StandardCharsets.UTF_8), headers);
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("a malformed header");
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.merge(name, line.substring(colon + 1).strip(), (one, other) -> one + "," + other);
    }
    return headers;
  }

  /** RFC 9112, section 6.3. */
  private byte[] body(Map<String, String> headers) throws IOException {
    String encoding = headers.get("transfer-encoding");
    if (encoding != null) {
      if (!encoding.equalsIgnoreCase("chunked")) {
        throw new IOException("an unsupported transfer coding, other than chunked");
      }
      return chunks();
    }
    String length = headers.get("content-length");
    if (length == null) {
      byte[] body = in.readNBytes(MOST_BODY_BYTES + 1);
      bounded(body.length);
      return body;
    }
    if (!LENGTH.matcher(length).matches()) {
      throw new IOException("a malformed length");
    }
    int bytes = Integer.parseInt(length);
    bounded(bytes);
    return exactly(bytes);
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      Matcher size = CHUNK.matcher(line());
      if (!size.matches()) {
        throw new IOException("a malformed chunk");
      }
      int length = Integer.parseInt(size.group(1), 16);
      if (length == 0) {
        return body.toByteArray();
      }
      bounded(body.size() + length);
      body.writeBytes(exactly(length));
      if (!line().isEmpty()) {
        throw new IOException("a malformed chunk");
      }
    }
  }

  private static void bounded(int length) throws IOException {
    if (length > MOST_BODY_BYTES) {
      throw new IOException("the response has more than " + MOST_BODY_BYTES + " bytes");
    }
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the response is incomplete");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the response is incomplete");
      }
      if (++headerBytes > MOST_HEADER_BYTES) {
        throw new IOException("the header has more than " + MOST_HEADER_BYTES + " bytes");
      }
      line.write(c);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
