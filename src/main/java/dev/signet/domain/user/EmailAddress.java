package dev.signet.domain.user;

import dev.signet.base.problem.Problem;
import dev.signet.base.problem.Refusal;
import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An email address: an addr-spec (RFC 5322, section 3.4.1; OIDC Core, section 5.1) whose local part
 * is a dot-atom, also with characters of other scripts (RFC 6532, section 3.2), and whose domain is
 * a name of two labels or more. Quoted local parts and address literals are refused: RFC 5321,
 * section 4.1.2, discourages the former, and users have neither. Only the syntax is checked;
 * ownership of the address is not verified.
 *
 * @param shown as its owner typed it, in NFC
 * @param key the form that makes it unique: the local part folded, the domain in ASCII (RFC 5890)
 */
public record EmailAddress(String shown, String key) {
  private static final int MOST = 254;

  /** RFC 5321, section 4.5.3.1.1. */
  private static final int LONGEST_LOCAL_PART = 64;

  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-[^\\x00-\\x7F\\p{C}\\p{Z}]]+";
  private static final Pattern LOCAL_PART = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");

  /** RFC 1123, section 2.1; the last label is no number. */
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])");

  /**
   * Reads an address.
   *
   * @throws Refusal {@link Problem#INVALID_INPUT}, field {@code email}
   */
  public static EmailAddress parse(String typed) {
    String shown = Folding.nfc(typed);
    // Compatibility characters, such as a full-width comma, are checked as the character that they
    // resemble.
    return key(shown)
        .flatMap(any -> key(Folding.key(typed)))
        .filter(key -> shown.length() <= MOST && key.length() <= MOST)
        .map(key -> new EmailAddress(shown, key))
        .orElseThrow(() -> Refusal.of(Problem.INVALID_INPUT, "email", "must be an email address"));
  }

  /** Reads a stored address, which may have a form that was accepted earlier. */
  public static EmailAddress stored(String shown) {
    return new EmailAddress(shown, Folding.key(shown));
  }

  private static Optional<String> key(String address) {
    int at = address.indexOf('@');
    if (at < 0 || at > LONGEST_LOCAL_PART || address.length() > MOST) {
      return Optional.empty();
    }
    String local = address.substring(0, at);
    return LOCAL_PART.matcher(local).matches()
        ? ascii(address.substring(at + 1)).map(domain -> local + "@" + domain)
        : Optional.empty();
  }

  /** Returns the domain in ASCII; empty if it is not a valid DNS name. */
  private static Optional<String> ascii(String domain) {
    try {
      String ascii =
          Folding.key(IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES));
      return Optional.of(ascii).filter(name -> DOMAIN.matcher(name).matches());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
