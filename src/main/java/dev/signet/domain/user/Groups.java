package dev.signet.domain.user;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Limits the groups of a user, which all access tokens of the user contain. */
public final class Groups {
  /**
   * The total length of all names. In a token they take a third more (base64), and some servers
   * accept 8 KiB of headers in total.
   */
  private static final int MOST_BYTES = 2_048;

  private Groups() {}

  /**
   * Refuses groups that would make tokens too large for the headers of servers.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT}, field {@code groups}
   */
  public static void check(Collection<String> names) {
    int bytes = names.stream().mapToInt(name -> name.getBytes(StandardCharsets.UTF_8).length).sum();
    if (bytes > MOST_BYTES) {
      throw Refusal.of(
          Problem.INVALID_INPUT,
          "groups",
          "must have at most "
              + MOST_BYTES
              + " bytes of UTF-8 in total, but have "
              + bytes
              + ": access tokens contain them, and servers reject long headers");
    }
  }
}
