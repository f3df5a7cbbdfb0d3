package dev.signet.client;

import dev.signet.base.secret.Digest;
import dev.signet.keys.ClientKeys;
import dev.signet.oauth.ClientAuthentication;
import dev.signet.oauth.GrantType;
import dev.signet.oauth.Resources;
import dev.signet.oauth.Scope;
import dev.signet.settings.RegistrationSettings;
import dev.signet.settings.TokenSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A registered client, ready for use.
 *
 * @param metadata all that is registered, complete
 * @param scope most that its tokens are good for
 * @param selectable resource servers that its tokens are for when it names them, beside the usual
 * @param lifetime of its access tokens, if not the usual one
 * @param tokenType of its access tokens, if not the usual one
 * @param keys that it signs assertions with, if it has no secret and has registered them here
 * @param hasDocument whether a document at the address that is its identifier describes it
 */
public record Client(
    ClientMetadata metadata,
    Set<GrantType> grantTypes,
    ClientAuthentication authentication,
    Scope scope,
    List<String> selectable,
    Optional<Duration> lifetime,
    Optional<TokenSettings.Type> tokenType,
    Secrets secrets,
    Optional<ClientKeys> keys,
    boolean hasDocument) {

  public String id() {
    return metadata.clientId();
  }

  public boolean enabled() {
    return metadata.enabled();
  }

  /** Whether it gets refresh tokens. */
  public boolean refreshes() {
    return grantTypes.contains(GrantType.REFRESH_TOKEN);
  }

  /** The resource servers that are registered for its tokens; empty means the default one. */
  public List<String> audience() {
    return metadata.audience();
  }

  /** The resource servers that tokens are for when the client asks for none in particular. */
  private List<String> audienceOr(String usual) {
    return audience().isEmpty() ? List.of(usual) : audience();
  }

  /**
   * Lists the resource servers that its tokens may be for.
   *
   * @param usual that of clients which are registered for none in particular
   */
  public List<String> possibleAudience(String usual) {
    return selectable.isEmpty()
        ? audienceOr(usual)
        : Stream.concat(audienceOr(usual).stream(), selectable.stream()).toList();
  }

  /**
   * Decides which resource servers a token is for (RFC 8707, section 2): those that the client asks
   * for, or, if it asks for none, all that it is registered for.
   *
   * @param usual that of clients which are registered for none in particular
   * @return empty if it asks for one that it may not have
   */
  public Optional<List<String>> audience(List<String> asked, String usual) {
    return asked.isEmpty()
        ? Optional.of(audienceOr(usual))
        : Resources.pick(asked, possibleAudience(usual));
  }

  /**
   * Returns what the client may have of a scope. A client without refresh tokens gets no offline
   * access: the authorization server ignores that it asks (OpenID Connect Core 1.0, section 11).
   */
  public Scope permitted(Scope asked) {
    Scope registered = asked.common(scope);
    return refreshes() ? registered : registered.without(Scope.OFFLINE);
  }

  /**
   * Whether a refresh token of this client stays the same when it is used: nobody else can use it
   * (RFC 9700, section 2.2.2; FAPI 2.0 Security Profile, section 5.3.2.1).
   *
   * @param rotation whether others get another one, if the client has registered nothing
   * @param isBound whether the refresh token is bound to a key
   */
  public boolean keepsRefreshToken(boolean rotation, boolean isBound) {
    boolean rotates = Optional.ofNullable(metadata.refreshTokenRotation()).orElse(rotation);
    return !rotates && (isBound || !metadata.isPublic());
  }

  /** The roles of its own tokens. */
  public List<String> groups() {
    return metadata.groups();
  }

  /**
   * Returns the sector that its pairwise subjects are made for (OpenID Connect Core 1.0, section
   * 8.1); an empty string if its subjects are public. While this stays the same, each user keeps
   * the same {@code sub}.
   */
  public String sector() {
    return Subjects.sectorOf(metadata).orElse("");
  }

  /** What people know it by. */
  public String name() {
    return Optional.ofNullable(metadata.clientName()).orElse(metadata.clientId());
  }

  /** The host that vouches for a client which nobody has registered: its name may be anybody's. */
  public Optional<String> host() {
    return hasDocument ? Optional.of(URI.create(id()).getAuthority()) : Optional.empty();
  }

  /**
   * The address that starts a login at the client (OIDC Core, section 4), if it has one. A client
   * that nobody has registered could name any: pages of Signet do not lead there.
   */
  public Optional<String> loginAddress(String issuer) {
    return Optional.ofNullable(metadata.initiateLoginUri())
        .filter(uri -> !hasDocument)
        .map(
            uri ->
                uri
                    + (uri.contains("?") ? "&" : "?")
                    + "iss="
                    + URLEncoder.encode(issuer, StandardCharsets.UTF_8));
  }

  /** Whether people may be sent there with an answer (RFC 9700, section 2.1). */
  public boolean mayRedirectTo(String uri) {
    return metadata.redirectUris().stream()
        .anyMatch(registered -> RegisteredUri.isSame(registered, uri, metadata.isNative()));
  }

  /** The hashes of what it may show. */
  record Secrets(Optional<String> current, Optional<String> former, Optional<Instant> formerUntil) {
    boolean include(String hash, Instant now) {
      boolean isCurrent = Digest.isEqual(hash, current.orElse(""));
      boolean isFormer = Digest.isEqual(hash, former.orElse(""));
      return isCurrent || (isFormer && formerUntil.filter(now::isBefore).isPresent());
    }

    @Override
    public String toString() {
      return "Secrets[]";
    }
  }

  /**
   * Makes a stored client ready.
   *
   * @param limits what clients that have registered themselves may ask for: today's limits count,
   *     not those of the day of the registration
   */
  static Client of(RegisteredClient stored, RegistrationSettings limits) {
    ClientMetadata metadata = stored.metadata();
    boolean byItself = stored.isByItself();
    Scope scope = Scope.parse(metadata.scope());
    return new Client(
        metadata,
        metadata.grantTypes().stream()
            .flatMap(name -> GrantType.named(name).stream())
            .collect(Collectors.toUnmodifiableSet()),
        ClientAuthentication.named(metadata.tokenEndpointAuthMethod()).orElseThrow(),
        byItself ? limits.scope().map(Scope::new).map(scope::common).orElse(scope) : scope,
        byItself && metadata.audience().isEmpty() ? limits.audience() : List.of(),
        metadata.lifetimeSeconds().map(Duration::ofSeconds),
        Optional.ofNullable(metadata.accessTokenType()).flatMap(TokenSettings.Type::named),
        new Secrets(stored.secretHash(), stored.formerSecretHash(), stored.formerSecretUntil()),
        metadata.authenticatesByKey() && metadata.jwksUri() == null
            ? Optional.of(ClientKeys.parse(metadata.jwks().toString()))
            : Optional.empty(),
        stored.hasDocument());
  }
}
