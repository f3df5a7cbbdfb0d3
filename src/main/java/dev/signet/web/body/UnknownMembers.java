package dev.signet.web.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import dev.signet.base.problem.FieldError;
import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Collects the unknown members of a body ({@link Strict}). */
final class UnknownMembers extends DeserializationProblemHandler {
  /** The maximum number of unknown members that a refusal names. */
  private static final int MOST_NAMED = 20;

  private final List<FieldError> errors = new ArrayList<>();

  @Override
  public boolean handleUnknownProperty(
      DeserializationContext context,
      JsonParser parser,
      JsonDeserializer<?> deserializer,
      Object beanOrClass,
      String name)
      throws IOException {
    if (errors.size() < MOST_NAMED) {
      errors.add(
          new FieldError(
              name,
              deserializer.getKnownPropertyNames().stream()
                  .map(String::valueOf)
                  .sorted()
                  .collect(Collectors.joining(", ", "is not supported; supported members: ", ""))));
    }
    parser.skipChildren();
    return true;
  }

  /**
   * Refuses the body if it has unknown members.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT} that names them
   */
  void refuse() {
    if (!errors.isEmpty()) {
      errors.sort(Comparator.comparing(FieldError::field));
      throw Refusal.of(Problem.INVALID_INPUT, Problem.INVALID_INPUT.title() + ".", errors);
    }
  }
}
