package dev.signet.base.oauth;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares the URIs of resource servers (RFC 8707, section 2). An empty path and {@code /} are
 * equivalent (RFC 3986, section 6.2.3): a client that composes the URI from a parsed URL sends the
 * slash even if it is registered without.
 */
public final class Resources {
  private static final Pattern ROOT = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?#]+/");

  private Resources() {}

  /**
   * Finds the requested resources among the offered ones, in the spelling of the offered ones,
   * which the resource server expects in the token.
   *
   * @return empty if a requested resource is not offered
   */
  public static Optional<List<String>> pick(List<String> asked, List<String> offered) {
    Map<String, String> byAddress = new HashMap<>();
    offered.forEach(resource -> byAddress.putIfAbsent(canonical(resource), resource));
    List<String> picked =
        asked.stream().map(resource -> byAddress.get(canonical(resource))).distinct().toList();
    return Optional.of(picked).filter(all -> all.stream().allMatch(each -> each != null));
  }

  /** Returns the resources in both lists, in the spelling of the offered ones. */
  public static List<String> common(List<String> some, List<String> offered) {
    return offered.containsAll(some)
        ? some
        : some.stream()
            .flatMap(each -> pick(List.of(each), offered).stream())
            .flatMap(List::stream)
            .distinct()
            .toList();
  }

  /** Whether the two have a resource in common. */
  public static boolean meet(Collection<String> some, Collection<String> others) {
    List<String> known = others.stream().map(Resources::canonical).toList();
    return some.stream().map(Resources::canonical).anyMatch(known::contains);
  }

  private static String canonical(String resource) {
    return ROOT.matcher(resource).matches()
        ? resource.substring(0, resource.length() - 1)
        : resource;
  }
}
