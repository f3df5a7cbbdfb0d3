package dev.signet.datasource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Reads the configuration without expansion. Servers interpret {@code $}, backslashes and
 * expressions (MicroProfile Config 3.1, section "Property Expressions") differently, so that a
 * password would differ between them.
 */
public final class RawValues {
  private static final String FILE = ".file";
  private static final int MOST_BYTES = 65_536;

  private RawValues() {}

  /** Returns a function that finds the text of a key in the configuration of this deployment. */
  public static Function<String, Optional<String>> configured() {
    Config config = ConfigProvider.getConfig();
    return key ->
        Optional.ofNullable(config.getConfigValue(key).getRawValue())
            .filter(text -> !text.isEmpty());
  }

  /** Returns the key for the file of a secret. */
  public static String fileOf(String key) {
    return key + FILE;
  }

  /**
   * Reads a secret, including spaces: the value of its key, or the content of the file that {@link
   * #fileOf} names, without one line break at its end.
   *
   * @throws IllegalArgumentException with a sentence that names the key, and never the secret
   */
  public static Optional<String> secret(Function<String, Optional<String>> source, String key) {
    Optional<String> text = source.apply(key).filter(value -> !value.isEmpty());
    Optional<String> file = source.apply(fileOf(key)).filter(value -> !value.isBlank());
    if (text.isPresent() && file.isPresent()) {
      throw new IllegalArgumentException(
          key + " and " + fileOf(key) + " are both set: remove one of them.");
    }
    return text.or(() -> file.map(name -> content(fileOf(key), name.strip())));
  }

  private static String content(String key, String name) {
    String fault = key + ": the file " + name;
    byte[] bytes;
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(fault + " cannot be read.");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String secret = text.replaceFirst("\\R\\z", "");
      if (secret.isEmpty() || bytes.length > MOST_BYTES) {
        throw new IllegalArgumentException(
            fault + " must have 1 to " + MOST_BYTES + " bytes of text.");
      }
      return secret;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(fault + " must be text in UTF-8.");
    }
  }
}
