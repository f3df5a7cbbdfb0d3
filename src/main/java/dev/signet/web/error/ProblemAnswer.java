package dev.signet.web.error;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.signet.base.problem.FieldError;
import dev.signet.web.body.Json;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error response according to RFC 9457.
 *
 * @param headers additional headers of the response, not part of the body
 */
@Schema(
    name = "Problem",
    description = "What went wrong (RFC 9457)",
    requiredProperties = {"type", "title", "status", "detail", "errors"})
public record ProblemAnswer(
    String type,
    String title,
    int status,
    String detail,
    List<FieldError> errors,
    @JsonIgnore @Schema(hidden = true) Map<String, String> headers) {

  private static final String MEDIA_TYPE = "application/problem+json";

  ProblemAnswer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new ProblemAnswer(type, title, status, detail, errors, Map.copyOf(more));
  }

  /** Returns the JAX-RS response. */
  public Response toResponse() {
    Response.ResponseBuilder response =
        Response.status(status).type(MEDIA_TYPE).entity(Json.write(this));
    headers.forEach(response::header);
    return response.build();
  }

  /** Writes the response without JAX-RS. */
  public void writeTo(HttpServletResponse response) throws IOException {
    write(Json.write(this), MEDIA_TYPE, response);
  }

  /** Writes the response as an OAuth error. */
  public void writeTo(HttpServletResponse response, String error) throws IOException {
    write(Json.write(new ErrorAnswer(error, detail)), MediaType.APPLICATION_JSON, response);
  }

  private void write(byte[] body, String type, HttpServletResponse response) throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(body.length);
    headers.forEach(response::setHeader);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }
}
