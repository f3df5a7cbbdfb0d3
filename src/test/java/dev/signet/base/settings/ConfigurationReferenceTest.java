package dev.signet.base.settings;

import dev.signet.base.settings.reading.SettingsReader;
import dev.signet.docs.ReferencePage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference has each setting that Signet reads, with its values and its default. */
class ConfigurationReferenceTest {
  private static final long HEAP = 4L << 30;
  private static final Pattern HOURS = Pattern.compile("\\bPT(\\d+)H\\b");

  /** Defaults that Signet computes, or that have a name. */
  private static final Map<String, String> IN_WORDS =
      Map.of(
          "signet.admin.password", "generated",
          "signet.database.url", "embedded H2",
          "signet.keys.private", "generated",
          "signet.keys.public", "derived from the private key",
          "signet.token.audience", "the issuer",
          "signet.cookie.renew", "`PT5M`, at most a third of `signet.token.lifetime`",
          "signet.hashing.concurrency",
              "number of cores, or as many as fit into a quarter of the heap",
          "signet.brand.color", "Signet's red",
          "signet.brand.color.dark", "`signet.brand.color`",
          "signet.brand.scopes.de", "`signet.brand.scopes`");

  @Test
  void referenceHasEachSettingWithItsValuesAndItsDefault() throws IOException {
    SettingsReader reader = new SettingsReader(key -> Optional.empty());
    Settings.read(reader, HEAP, Map.of());
    Map<String, List<String>> rows = new LinkedHashMap<>();
    reader
        .known()
        .forEach(
            (key, setting) ->
                rows.put(
                    "`" + key + "`",
                    List.of(inDays(values(setting)), inDays(byDefault(key, setting)))));

    new ReferencePage("configuration.md").check("Key", rows);
  }

  private static String values(SettingsReader.Setting setting) {
    String values = setting.values();
    if (values.startsWith("one of ")) {
      return "`" + values.substring("one of ".length()).replace(", ", "`, `") + "`";
    }
    return values
        .replaceFirst("an ISO 8601 duration from (\\S+) to ([^,]+), such as .*", "`$1` to `$2`")
        .replaceFirst("a whole number from (\\d+) to (\\d+)", "$1 to $2")
        .replaceFirst("true or false", "`true`, `false`")
        .replaceFirst("such as (https?://\\S*[^\\s,])", "such as `$1`");
  }

  /** As people write it: {@code P90D} rather than {@code PT2160H}. */
  private static String inDays(String text) {
    return HOURS
        .matcher(text)
        .replaceAll(
            duration -> {
              int hours = Integer.parseInt(duration.group(1));
              return hours % 24 == 0 ? "P" + hours / 24 + "D" : duration.group();
            });
  }

  private static String byDefault(String key, SettingsReader.Setting setting) {
    return Optional.ofNullable(IN_WORDS.get(key))
        .orElse(setting.byDefault().equals("none") ? "none" : "`" + setting.byDefault() + "`");
  }
}
