package dev.signet.web.body;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import dev.signet.base.wiring.Shared;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads an optional body, with the rules of {@link JsonReader}. JAX-RS specifies the handling of an
 * empty body only for streams.
 */
@Shared
public class JsonBody {
  private final Uploads uploads;

  @Inject
  JsonBody(Uploads uploads) {
    this.uploads = uploads;
  }

  /**
   * Reads and validates a body.
   *
   * @return empty if there is no body
   * @throws NotSupportedException if the body has a different media type
   * @throws Refusal if the body is too long, not JSON, or not valid
   */
  public <T extends Record> Optional<T> read(
      Class<T> type, HttpServletRequest request, InputStream in) {
    byte[] body = uploads.read(request.getHeader("Content-Length"), in);
    if (body.length == 0) {
      return Optional.empty();
    }
    if (!isJson(request.getContentType())) {
      throw new NotSupportedException();
    }
    try {
      return Optional.of(JsonReader.read(type, body));
    } catch (IOException e) {
      throw new Refusal(Problem.MALFORMED_JSON, "The body could not be read.");
    }
  }

  private static boolean isJson(String contentType) {
    return contentType != null
        && contentType.split(";", 2)[0].strip().equalsIgnoreCase(MediaType.APPLICATION_JSON);
  }
}
