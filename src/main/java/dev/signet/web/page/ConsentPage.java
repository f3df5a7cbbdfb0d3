package dev.signet.web.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Asks whether somebody lets a client in: sends {@code decision}, {@code allow} or {@code deny}.
 *
 * @param action the path that the form goes to, below {@link Frame#base}
 * @param client the name of who asks
 * @param notes sentences about the client, and about where the browser goes then
 * @param username who is asked
 * @param scopes what the client wants
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

  /** Who is asked. */
  public String lead() {
    return frame.text("consent.user", username);
  }

  /** What each of them means: first who somebody is, last what goes on without them. */
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

  /** Whether there is anything that the client wants but to know who somebody is. */
  public boolean asks() {
    return !scopes.isEmpty();
  }

  /** What the link to the client's own page says. */
  public String homeOfClient() {
    return frame.text("consent.home", client);
  }

  /** What the link to the client's terms says. */
  public String termsOfClient() {
    return frame.text("consent.terms", client);
  }

  /** What the link to the client's privacy policy says. */
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
