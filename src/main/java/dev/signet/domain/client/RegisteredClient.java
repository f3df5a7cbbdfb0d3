package dev.signet.domain.client;

import dev.signet.base.secret.OpaqueToken;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** A stored client. Changes go through {@link Clients}. */
@Entity
@Table(name = "clients")
public class RegisteredClient {
  @Id
  @Column(name = "client_id")
  private String clientId;

  private String metadata;

  /** A copy from the metadata, for queries. */
  @Column(name = "backchannel_logout_uri")
  private String backchannelLogoutUri;

  @Column(name = "secret_hash")
  private String secretHash;

  @Column(name = "former_secret_hash")
  private String formerSecretHash;

  @Column(name = "former_secret_until")
  private OffsetDateTime formerSecretUntil;

  @Column(name = "registration_token_hash")
  private String registrationTokenHash;

  /** When its metadata document was read; null for a registered client. */
  @Column(name = "document_at")
  private OffsetDateTime documentAt;

  @Column(name = "created_at")
  private OffsetDateTime createdAt;

  @Column(name = "updated_at")
  private OffsetDateTime updatedAt;

  /** For JPA. */
  protected RegisteredClient() {}

  RegisteredClient(ClientMetadata metadata, Instant now) {
    clientId = metadata.clientId();
    createdAt = now.atOffset(ZoneOffset.UTC);
    change(metadata, now);
  }

  /** Creates a client from its metadata document. */
  static RegisteredClient ofDocument(ClientMetadata metadata, Instant now) {
    RegisteredClient client = new RegisteredClient(metadata, now);
    client.documentAt = now.atOffset(ZoneOffset.UTC);
    return client;
  }

  final void change(ClientMetadata to, Instant now) {
    metadata = to.toJson();
    backchannelLogoutUri = to.backchannelLogoutUri();
    updatedAt = now.atOffset(ZoneOffset.UTC);
  }

  /** Sets its first secret, if it needs one. */
  void secure(OpaqueToken secret) {
    if (metadata().hasSecret() && secretHash == null) {
      secretHash = secret.hash();
    }
  }

  /** Sets its registration access token (RFC 7592). */
  void manageBy(OpaqueToken token) {
    registrationTokenHash = token.hash();
  }

  /** Replaces the secret. The previous one stays valid for a while. */
  void replaceSecret(String hash, Instant now, Instant formerUntil) {
    formerSecretHash = secretHash;
    formerSecretUntil = formerUntil.atOffset(ZoneOffset.UTC);
    secretHash = hash;
    updatedAt = now.atOffset(ZoneOffset.UTC);
  }

  public String clientId() {
    return clientId;
  }

  public ClientMetadata metadata() {
    return ClientMetadata.ofJson(metadata);
  }

  public Instant createdAt() {
    return createdAt.toInstant();
  }

  /** Whether it is described by a metadata document instead of a registration. */
  public boolean hasDocument() {
    return documentAt != null;
  }

  /** Whether the limits of dynamically registered clients apply. */
  boolean isByItself() {
    return hasDocument() || registrationTokenHash != null;
  }

  Optional<String> registrationTokenHash() {
    return Optional.ofNullable(registrationTokenHash);
  }

  /** SHA-256, base64url. */
  public Optional<String> secretHash() {
    return Optional.ofNullable(secretHash);
  }

  Optional<String> formerSecretHash() {
    return Optional.ofNullable(formerSecretHash);
  }

  Optional<Instant> formerSecretUntil() {
    return Optional.ofNullable(formerSecretUntil).map(OffsetDateTime::toInstant);
  }

  @Override
  public String toString() {
    return "RegisteredClient[" + clientId + "]";
  }
}
