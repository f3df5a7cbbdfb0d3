package dev.signet.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A sensitive resource method, or all of a class: the caller must have shown a password not long
 * ago. A token says when, in {@code auth_time}, and refreshing does not change it. Whoever comes
 * with an older login is challenged to log in again (RFC 9470).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Fresh {
  /** How many seconds ago the login may be; 0 stands for {@code signet.token.fresh}. */
  long maxAge() default 0;
}
