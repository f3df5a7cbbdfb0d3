package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Clients that are identified by a metadata document
 * (draft-ietf-oauth-client-id-metadata-document).
 *
 * @param hosts the hosts of accepted documents, in lower case; empty for none; absent for all
 * @param local whether {@code http} URLs on this computer are accepted, too, if the host is listed:
 *     for trying out Signet
 */
public record DocumentSettings(Optional<Set<String>> hosts, boolean local) {
  private static final String KEY = "signet.client.documents";
  private static final String ANY = "any";
  private static final Pattern HOST =
      Pattern.compile("(?=.*[a-z])[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  public DocumentSettings {
    hosts = hosts.map(Set::copyOf);
  }

  static DocumentSettings read(SettingsReader reader, URI issuer, boolean production) {
    boolean local = !production && Settings.isOnThisComputer(issuer);
    List<String> hosts =
        reader.list(KEY, "host names separated by commas, or any", DocumentSettings::host);
    if (hosts.contains(ANY) && hosts.size() > 1) {
      reader.fault(KEY + " must be host names, or the single word any.");
    }
    return new DocumentSettings(
        Optional.of(Set.copyOf(hosts)).filter(names -> !names.contains(ANY)), local);
  }

  private static String host(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (!HOST.matcher(name).matches()) {
      throw new IllegalArgumentException();
    }
    return name;
  }

  /** Whether such clients are enabled. */
  public boolean enabled() {
    return hosts.filter(Set::isEmpty).isEmpty();
  }

  /** Whether a document at this URL is accepted. */
  public boolean allows(URI address) {
    String host = address.getHost().toLowerCase(Locale.ROOT);
    boolean listed = hosts.map(names -> names.contains(host)).orElse(true);
    return listed && (local || "https".equals(address.getScheme()));
  }
}
