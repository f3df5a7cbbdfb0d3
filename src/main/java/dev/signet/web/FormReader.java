package dev.signet.web;

import dev.signet.oauth.OAuthError;
import dev.signet.oauth.OAuthException;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Reads the body of an OAuth request. Parameters in the query, where logs keep them, are refused.
 */
@Provider
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class FormReader implements MessageBodyReader<Form> {
  @Inject private Uploads uploads;
  @Context private HttpServletRequest request;

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == Form.class;
  }

  @Override
  public Form readFrom(
      Class<Form> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream in) {
    if (request.getQueryString() != null) {
      throw new OAuthException(
          OAuthError.INVALID_REQUEST, "Parameters belong into the body, not into the query.");
    }
    byte[] body = uploads.read(headers.getFirst(HttpHeaders.CONTENT_LENGTH), in);
    Form form = Form.read(new String(body, StandardCharsets.UTF_8));
    return Stream.of(annotations).anyMatch(Repeated.class::isInstance)
        ? form
        : form.withoutRepeats();
  }
}
