package dev.signet.web.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The consent page. It sends {@code decision}: {@code allow} or {@code deny}.
 *
 * @param action the path of the form, below {@link Frame#base}
 * @param client the name of the client
 * @param notes sentences about the client and the destination of the redirect
 * @param username of the user
 * @param scopes the requested scopes
 * @param home address of the client's own page
 * @param terms address of the client's terms of service
 * @param privacy address of the client's privacy policy
 */
@JStache(path = "consent")
@JStacheConfig(using = Templates.class)
public record ConsentPage(
    Frame frame,
    String action,
    List<Hidden> hidden,
    String client,
    List<String> notes,
    String username,
    List<String> scopes,
    Optional<String> home,
    Optional<String> terms,
    Optional<String> privacy)
    implements Page {

  private static final String OTHERS = "";
  private static final List<String> ORDER =
      List.of("openid", "profile", "email", "groups", OTHERS, "api", "offline_access");

  @Override
  public String title() {
    return frame.text("consent.title", client);
  }

  /** Returns the sentence with the name of the user. */
  public String lead() {
    return frame.text("consent.user", username);
  }

  /** Returns descriptions of the scopes: first the identity, last offline access. */
  public List<String> permissions() {
    return scopes.stream()
        .sorted(Comparator.comparing(ConsentPage::rank))
        .map(frame::scope)
        .toList();
  }

  private static int rank(String scope) {
    int known = ORDER.indexOf(scope);
    return known < 0 ? ORDER.indexOf(OTHERS) : known;
  }

  /** Whether the client requests more than the identity of the user. */
  public boolean asks() {
    return !scopes.isEmpty();
  }

  /** Returns the text of the link to the client's own page. */
  public String homeOfClient() {
    return frame.text("consent.home", client);
  }

  /** Returns the text of the link to the client's terms. */
  public String termsOfClient() {
    return frame.text("consent.terms", client);
  }

  /** Returns the text of the link to the client's privacy policy. */
  public String privacyOfClient() {
    return frame.text("consent.privacy", client);
  }

  @Override
  public String html() {
    return new ConsentPageRenderer(null, Html::escape).execute(this);
  }

  @Override
  public String toString() {
    return "ConsentPage[" + client + "]";
  }
}
