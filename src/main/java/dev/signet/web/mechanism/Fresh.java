package dev.signet.web.mechanism;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a sensitive resource method, or all methods of a class: the caller must have logged in with
 * the password recently. The claim {@code auth_time} has the time of the login, which a refresh
 * does not change. A caller with an older login is challenged to log in again (RFC 9470).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Fresh {
  /** The maximum age of the login in seconds; 0 stands for {@code signet.token.fresh}. */
  long maxAge() default 0;
}
