package dev.signet.domain.client;

import dev.signet.base.oauth.ClientAuthentication;
import dev.signet.base.oauth.GrantType;
import dev.signet.base.oauth.Resources;
import dev.signet.base.oauth.Scope;
import dev.signet.base.secret.Digest;
import dev.signet.base.settings.RegistrationSettings;
import dev.signet.base.settings.TokenSettings;
import dev.signet.domain.jose.ClientKeys;
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
 * @param metadata the complete registered metadata
 * @param scope the maximum scope of its tokens
 * @param selectable additional resource servers that it may request by name
 * @param lifetime of its access tokens, if not the default
 * @param tokenType of its access tokens, if not the default
 * @param keys the keys that sign its assertions, if it has no secret and has registered them by
 *     value
 * @param hasDocument whether it is described by a client ID metadata document
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

  /** Returns the registered resource servers; empty means the default one. */
  public List<String> audience() {
    return metadata.audience();
  }

  /** Returns the resource servers of tokens if the client requests none. */
  private List<String> audienceOr(String usual) {
    return audience().isEmpty() ? List.of(usual) : audience();
  }

  /**
   * Lists the resource servers that its tokens may be for.
   *
   * @param usual the default for clients without registered resource servers
   */
  public List<String> possibleAudience(String usual) {
    return selectable.isEmpty()
        ? audienceOr(usual)
        : Stream.concat(audienceOr(usual).stream(), selectable.stream()).toList();
  }

  /**
   * Returns the resource servers of a token (RFC 8707, section 2): those that the client requests,
   * or all registered ones if it requests none.
   *
   * @param usual the default for clients without registered resource servers
   * @return empty if the client is not registered for one of them
   */
  public Optional<List<String>> audience(List<String> asked, String usual) {
    return asked.isEmpty()
        ? Optional.of(audienceOr(usual))
        : Resources.pick(asked, possibleAudience(usual));
  }

  /**
   * Returns the part of a scope that the client may have. A client without refresh tokens gets no
   * offline access: the authorization server ignores the request for it (OpenID Connect Core 1.0,
   * section 11).
   */
  public Scope permitted(Scope asked) {
    Scope registered = asked.common(scope);
    return refreshes() ? registered : registered.without(Scope.OFFLINE);
  }

  /**
   * Whether a refresh token of this client is not rotated, because no other party can use it (RFC
   * 9700, section 2.2.2; FAPI 2.0 Security Profile, section 5.3.2.1).
   *
   * @param rotation whether to rotate if the client has registered no preference
   * @param isBound whether the refresh token is bound to a key
   */
  public boolean keepsRefreshToken(boolean rotation, boolean isBound) {
    boolean rotates = Optional.ofNullable(metadata.refreshTokenRotation()).orElse(rotation);
    return !rotates && (isBound || !metadata.isPublic());
  }

  /** Returns the groups in the client's own tokens. */
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

  /** Returns the name for users. */
  public String name() {
    return Optional.ofNullable(metadata.clientName()).orElse(metadata.clientId());
  }

  /**
   * Returns the host of the client's metadata document; empty for a registered client. The name in
   * a document is not verified.
   */
  public Optional<String> host() {
    return hasDocument ? Optional.of(URI.create(id()).getAuthority()) : Optional.empty();
  }

  /**
   * Returns the URL that starts a login at the client (OIDC Core, section 4), if it has one. Empty
   * for a client with a metadata document, which could name any URL.
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

  /** Whether users may be redirected to this URI with a response (RFC 9700, section 2.1). */
  public boolean mayRedirectTo(String uri) {
    return metadata.redirectUris().stream()
        .anyMatch(registered -> RegisteredUri.isSame(registered, uri, metadata.isNative()));
  }

  /** The hashes of the accepted secrets. */
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
   * Converts a stored client.
   *
   * @param limits the limits of dynamically registered clients: the current settings apply, not
   *     those at the time of the registration
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
