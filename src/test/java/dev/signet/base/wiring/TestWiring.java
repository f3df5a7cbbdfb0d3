package dev.signet.base.wiring;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/** Puts one object together as a container would, out of the parts that a test gives it. */
public final class TestWiring {
  private TestWiring() {}

  /** Calls the constructor that a container calls, then fills the annotated fields, by type. */
  public static <T> T make(Class<T> type, Object... parts) {
    try {
      Constructor<?> constructor = constructor(type);
      constructor.setAccessible(true);
      Object[] arguments =
          Arrays.stream(constructor.getParameterTypes()).map(each -> part(each, parts)).toArray();
      T made = type.cast(constructor.newInstance(arguments));
      for (Field field : type.getDeclaredFields()) {
        if (isFilled(field)) {
          field.setAccessible(true);
          field.set(made, part(field.getType(), parts));
        }
      }
      return made;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Constructor<?> constructor(Class<?> type) {
    Constructor<?>[] all = type.getDeclaredConstructors();
    return Arrays.stream(all)
        .filter(each -> each.isAnnotationPresent(Inject.class))
        .findFirst()
        .orElse(all[0]);
  }

  private static boolean isFilled(Field field) {
    return field.isAnnotationPresent(Inject.class)
        || field.isAnnotationPresent(EJB.class)
        || field.isAnnotationPresent(Resource.class)
        || field.isAnnotationPresent(Context.class);
  }

  private static Object part(Class<?> type, Object... parts) {
    return Arrays.stream(parts)
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + type.getSimpleName()));
  }
}
