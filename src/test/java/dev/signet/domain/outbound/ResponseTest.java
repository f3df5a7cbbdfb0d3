package dev.signet.domain.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  @Test
  void bodyEndsWhereItsLengthSaysOrItsChunksOrTheConnection() throws IOException {
    assertEquals("abc", read(OK + "Content-Length: 3\r\n\r\nabcdef").body());
    assertEquals("", read(OK + "content-length:0\r\n\r\n").body());
    assertEquals(
        "abcdef",
        read(OK + "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n")
            .body());
    assertEquals("abc", read("HTTP/1.0 200\r\n\r\nabc").body());
    assertEquals("", read("HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\n").body());
  }

  @Test
  void interimAnswersAreSkippedAndRedirectsAreNotFollowed() throws IOException {
    String early = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n";
    Answer answer = read(early + "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n");

    assertEquals(302, answer.status());
    assertEquals("Answer[302, 0 characters]", answer.toString());
  }

  @Test
  void bodyHasAtMost64Kilobytes() throws IOException {
    String most = "x".repeat(65_536);
    assertEquals(most, read(OK + "Content-Length: 65536\r\n\r\n" + most).body());
    assertEquals(most, read(OK + "\r\n" + most).body());
  }

  static Stream<String> wrong() {
    return Stream.of(
        "",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/2 200\r\n\r\n",
        "HTTP/1.1 600 No\r\n\r\n",
        OK + "Content-Length: 3\r\n\r\nab",
        OK + "Content-Length: 65537\r\n\r\n" + "x".repeat(65_537),
        OK + "Content-Length: -1\r\n\r\n",
        OK + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        OK + "\r\n" + "x".repeat(65_537),
        OK + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        OK + "Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
        OK + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n",
        OK + "Transfer-Encoding: chunked\r\n\r\nfffffff\r\nabc",
        OK
            + "Transfer-Encoding: chunked\r\n\r\n"
            + ("8000\r\n" + "x".repeat(0x8000) + "\r\n").repeat(3),
        OK + "no header\r\n\r\n",
        OK + "X: " + "x".repeat(16_384) + "\r\n\r\n",
        OK + "X: y\r\n".repeat(4_000) + "\r\n");
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatIsCutTooLongOrNotHttpIsRefused(String text) {
    assertThrows(IOException.class, () -> read(text));
  }

  private static Answer read(String text) throws IOException {
    return Response.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
