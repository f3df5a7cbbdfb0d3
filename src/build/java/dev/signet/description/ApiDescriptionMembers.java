package dev.signet.description;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * The required members of responses: all members of a record, except those that are omitted if
 * null.
 */
final class ApiDescriptionMembers {
  private final Map<String, List<String>> required = new TreeMap<>();

  /** Adds the response type of a resource method. */
  void look(Method method) {
    look(method.getGenericReturnType());
    for (APIResponse response : method.getAnnotationsByType(APIResponse.class)) {
      Arrays.stream(response.content()).forEach(content -> look(content.schema().implementation()));
    }
  }

  /** Returns the names of the required members, by schema name. */
  Map<String, List<String>> required() {
    return required;
  }

  void look(Type type) {
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(this::look);
    } else if (type instanceof Class<?> known
        && known.isRecord()
        && required.putIfAbsent(schemaOf(known), requiredOf(known)) == null) {
      Arrays.stream(known.getRecordComponents())
          .forEach(component -> look(component.getGenericType()));
    }
  }

  private static String schemaOf(Class<?> type) {
    Schema schema = type.getAnnotation(Schema.class);
    return schema == null || schema.name().isEmpty() ? type.getSimpleName() : schema.name();
  }

  private static List<String> requiredOf(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> isAlwaysThere(type, component))
        .map(component -> snakeCase(component.getName()))
        .toList();
  }

  private static boolean isAlwaysThere(Class<?> type, RecordComponent component) {
    Method member = component.getAccessor();
    boolean isLeftOut =
        Stream.of(JsonIgnore.class, JsonUnwrapped.class).anyMatch(member::isAnnotationPresent);
    Schema schema = member.getAnnotation(Schema.class);
    return !isLeftOut
        && (component.getType().isPrimitive()
            || (schema != null && schema.required())
            || (!isLeftOutIfNull(type) && !isLeftOutIfNull(member)));
  }

  private static boolean isLeftOutIfNull(AnnotatedElement element) {
    return element.isAnnotationPresent(JsonInclude.class);
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
