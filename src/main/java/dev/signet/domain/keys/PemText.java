package dev.signet.domain.keys;

import dev.signet.base.settings.reading.InvalidSettings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * PEM text from settings and files. It may have escaped line breaks in an environment variable,
 * CRLF, a byte order mark, spaces instead of line breaks, or other blocks and text around the key,
 * or may be base64-encoded again.
 */
final class PemText {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final Pattern ESCAPED_BREAK = Pattern.compile("\\\\r\\\\n|\\\\n|\\\\r");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=\\s]{40,}");
  private static final String BEGIN = "-----BEGIN ";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final Set<String> PRIVATE =
      Set.of(PemBlock.PRIVATE_KEY, PemBlock.RSA_PRIVATE_KEY, PemBlock.EC_PRIVATE_KEY);
  private static final Set<String> PUBLIC = Set.of(PemBlock.PUBLIC_KEY, PemBlock.RSA_PUBLIC_KEY);

  private final String setting;
  private final List<PemBlock> blocks;

  private PemText(String setting, List<PemBlock> blocks) {
    this.setting = setting;
    this.blocks = blocks;
  }

  /**
   * Parses a text.
   *
   * @throws InvalidSettings if it contains no complete block
   */
  static PemText of(String setting, String text) {
    String plain = decoded(withoutByteOrderMark(text));
    String pem = ESCAPED_BREAK.matcher(plain).replaceAll("\n");
    List<PemBlock> blocks =
        BLOCK
            .matcher(pem)
            .results()
            .map(found -> new PemBlock(found.group(1), found.group(2)))
            .toList();
    if (blocks.isEmpty()) {
      throw new InvalidSettings(setting + " " + whyNoBlock(pem));
    }
    return new PemText(setting, blocks);
  }

  /** Returns a text without the byte order mark that some editors add. */
  static String withoutByteOrderMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /**
   * Decodes PEM text that was base64-encoded as a whole, a common way to keep its line breaks in a
   * variable.
   */
  private static String decoded(String text) {
    if (text.contains(BEGIN) || !BASE64.matcher(text).matches()) {
      return text;
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(text);
      String inner = withoutByteOrderMark(new String(bytes, StandardCharsets.UTF_8));
      return inner.contains(BEGIN) ? inner : text;
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String whyNoBlock(String pem) {
    if (pem.contains(BEGIN)) {
      return "is cut off: it has a BEGIN line without its END line.";
    }
    return BASE64.matcher(pem).matches()
        ? "is base64 without its BEGIN and END lines."
        : "is not PEM text: it has no BEGIN line.";
  }

  /**
   * Returns the only private key in the text, ignoring other blocks.
   *
   * @throws InvalidSettings if there is none, more than one, or an encrypted one
   */
  PemBlock privateKey() {
    List<PemBlock> keys = some(PemBlock::isPrivateKey);
    if (keys.isEmpty()) {
      throw new InvalidSettings(
          setting + " must contain a private key, but contains " + kinds() + " only.");
    }
    PemBlock key = single(keys);
    if (key.isEncrypted()) {
      throw new InvalidSettings(
          setting + " contains an encrypted private key; decrypt it with 'openssl pkey'.");
    }
    if (!PRIVATE.contains(key.label())) {
      throw new InvalidSettings(
          setting
              + " contains a key of the kind "
              + key.label()
              + "; it must be an RSA or P-256 key in PKCS#8, PKCS#1 or SEC1"
              + (key.label().startsWith("OPENSSH")
                  ? ": 'ssh-keygen -p -m PKCS8' converts a copy of it."
                  : "."));
    }
    return key;
  }

  /**
   * Returns the only public key in the text, ignoring other blocks.
   *
   * @throws InvalidSettings if there is none, more than one, or a private key
   */
  PemBlock publicKey() {
    if (!some(PemBlock::isPrivateKey).isEmpty()) {
      throw new InvalidSettings(
          setting
              + " must contain a public key, but contains a private key. Keep the private"
              + " key secret.");
    }
    List<PemBlock> keys = some(PemBlock::isPublicKey);
    if (keys.isEmpty()) {
      throw new InvalidSettings(
          setting
              + " must contain a public key, but contains "
              + kinds()
              + " only; 'openssl x509 -pubkey -noout' extracts the key of a certificate.");
    }
    PemBlock key = single(keys);
    if (!PUBLIC.contains(key.label())) {
      throw new InvalidSettings(
          setting + " contains a key of the kind " + key.label() + "; it must be RSA or P-256.");
    }
    return key;
  }

  private PemBlock single(List<PemBlock> keys) {
    if (keys.size() > 1) {
      throw new InvalidSettings(
          setting + " contains " + keys.size() + " keys; it must contain exactly one.");
    }
    return keys.get(0);
  }

  private List<PemBlock> some(Predicate<PemBlock> kind) {
    return blocks.stream().filter(kind).toList();
  }

  private String kinds() {
    return String.join(", ", blocks.stream().map(PemBlock::label).distinct().toList());
  }

  @Override
  public String toString() {
    return "PemText[" + kinds() + "]";
  }
}
