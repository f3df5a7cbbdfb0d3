package dev.signet.web.body;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import jakarta.inject.Inject;
import jakarta.validation.Configuration;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads the body of a request into a record and validates it (Bean Validation), so that no endpoint
 * can omit the validation. Unknown members are ignored, unless the record is {@link Strict}. A body
 * that is too long, not JSON, or not valid is refused; the refusal names the invalid members.
 */
@Provider
@Consumes({MediaType.APPLICATION_JSON, JsonReader.MERGE_PATCH})
public class JsonReader implements MessageBodyReader<Record> {
  /** The media type of partial changes (RFC 7396). */
  public static final String MERGE_PATCH = "application/merge-patch+json";

  private static final ObjectMapper MAPPER = Json.mapper();
  private static final PropertyNamingStrategies.NamingBase SNAKE_CASE =
      new PropertyNamingStrategies.SnakeCaseStrategy();

  /** Some editors and clients write one; RFC 8259, section 8.1, permits ignoring it. */
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** English on every machine: the API has one language. */
  private static final Validator VALIDATOR = validator();

  @Inject private Uploads uploads;

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return Record.class.isAssignableFrom(type);
  }

  @Override
  public Record readFrom(
      Class<Record> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream in)
      throws IOException {
    return read(type, uploads.read(headers.getFirst(HttpHeaders.CONTENT_LENGTH), in));
  }

  static <T extends Record> T read(Class<T> type, byte[] body) throws IOException {
    T value = parse(type, body);
    Set<ConstraintViolation<T>> violations = VALIDATOR.validate(value);
    if (!violations.isEmpty()) {
      throw Refusal.of(
          Problem.INVALID_INPUT,
          Problem.INVALID_INPUT.title() + ".",
          violations.stream()
              .map(violation -> new FieldError(field(violation), violation.getMessage()))
              .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
              .toList());
    }
    return value;
  }

  private static <T extends Record> T parse(Class<T> type, byte[] body) throws IOException {
    try {
      int start = hasByteOrderMark(body) ? BYTE_ORDER_MARK.length : 0;
      T value = read(type, body, start);
      if (value == null) {
        throw malformed("The body must be a JSON object.");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw malformed("The body is nested too deeply, or has too many or too long members.");
    } catch (MismatchedInputException e) {
      throw ofTheWrongType(e);
    } catch (JacksonException e) {
      if (e instanceof JsonMappingException ofMember
          && e.getCause() instanceof InputCoercionException) {
        throw ofTheWrongType(ofMember); // A number out of the range of its type.
      }
      // Jackson's message quotes the body, which may hold a password.
      String where =
          e.getLocation() == null
              ? ""
              : " Look at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()
                  + ".";
      throw malformed("The body cannot be read as JSON." + where);
    }
  }

  private static <T> T read(Class<T> type, byte[] body, int start) throws IOException {
    ObjectReader reader = MAPPER.readerFor(type);
    if (!type.isAnnotationPresent(Strict.class)) {
      return reader.readValue(body, start, body.length - start);
    }
    UnknownMembers unknown = new UnknownMembers();
    T value = reader.withHandler(unknown).readValue(body, start, body.length - start);
    unknown.refuse();
    return value;
  }

  private static boolean hasByteOrderMark(byte[] body) {
    int length = BYTE_ORDER_MARK.length;
    return body.length >= length && Arrays.equals(body, 0, length, BYTE_ORDER_MARK, 0, length);
  }

  private static Refusal ofTheWrongType(JsonMappingException e) {
    List<JsonMappingException.Reference> path = e.getPath();
    if (path.isEmpty()) {
      return malformed("The body must be a JSON object.");
    }
    String field =
        path.stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(name -> name != null)
            .collect(Collectors.joining("."));
    return Refusal.of(Problem.INVALID_INPUT, field, "has the wrong type");
  }

  /** Returns the JSON name of the invalid member. */
  private static String field(ConstraintViolation<?> violation) {
    return StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
        .map(Path.Node::getName)
        .filter(name -> name != null && !name.startsWith("<"))
        .map(SNAKE_CASE::translate)
        .collect(Collectors.joining("."));
  }

  private static Refusal malformed(String detail) {
    return new Refusal(Problem.MALFORMED_JSON, detail);
  }

  private record EnglishMessages(MessageInterpolator messages) implements MessageInterpolator {
    @Override
    public String interpolate(String template, Context context) {
      return messages.interpolate(template, context, Locale.ENGLISH);
    }

    @Override
    public String interpolate(String template, Context context, Locale locale) {
      return messages.interpolate(template, context, Locale.ENGLISH);
    }
  }

  private static Validator validator() {
    Configuration<?> configuration = Validation.byDefaultProvider().configure();
    MessageInterpolator messages = configuration.getDefaultMessageInterpolator();
    return configuration
        .messageInterpolator(new EnglishMessages(messages))
        .buildValidatorFactory()
        .getValidator();
  }
}
