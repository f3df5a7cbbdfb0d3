package dev.signet.web;

import dev.signet.problem.Problem;
import dev.signet.problem.Refusal;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/** Judges requests that do not say what their body is (RFC 9110, section 8.3). */
final class AbsentBodyFilter implements ContainerRequestFilter {
  /** What it means that there is no body. */
  enum Meaning {
    EMPTY_FORM,
    FAULT
  }

  private final Uploads uploads;
  private final Meaning meaning;

  AbsentBodyFilter(Uploads uploads, Meaning meaning) {
    this.uploads = uploads;
    this.meaning = meaning;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getHeaderString(HttpHeaders.CONTENT_TYPE) != null) {
      return; // The reader takes it, even if it is empty.
    }
    // The servers differ on what hasEntity means, and a body may come without a length.
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    if (uploads.read(length, request.getEntityStream()).length > 0) {
      throw new NotSupportedException();
    }
    if (meaning == Meaning.FAULT) {
      throw new Refusal(Problem.MALFORMED_JSON, "The body is missing.");
    }
    request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_FORM_URLENCODED);
  }
}
