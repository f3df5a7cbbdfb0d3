package dev.signet.page;

import io.jstach.jstache.JStache;
import io.jstach.jstache.JStacheConfig;
import java.util.List;
import java.util.Optional;

/**
 * Asks whether somebody lets a client in: sends {@code decision}, {@code allow} or {@code deny}.
 *
 * @param action the path that the form goes to, below {@link Frame#base}
 * @param client the name of who asks
 * @param site the host that the answer goes to, if it is on the web
 * @param username who is asked
 * @param scopes what the client wants
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
    Optional<String> site,
    String username,
    List<String> scopes,
    Optional<String> terms,
    Optional<String> privacy)
    implements Page {

  @Override
  public String title() {
    return frame.text("consent.title", client);
  }

  /** Who is asked. */
  public String lead() {
    return frame.text("consent.user", username);
  }

  /** What each of them means. */
  public List<String> permissions() {
    return scopes.stream().map(frame::scope).toList();
  }

  /** Whether there is anything that the client wants but to know who somebody is. */
  public boolean asks() {
    return !scopes.isEmpty();
  }

  /** Where the browser goes next. */
  public Optional<String> next() {
    return site.map(host -> frame.text("consent.site", host));
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
