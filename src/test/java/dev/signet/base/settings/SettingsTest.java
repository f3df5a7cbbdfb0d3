package dev.signet.base.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.reading.InvalidSettings;
import dev.signet.base.settings.value.AssertionAudience;
import dev.signet.base.settings.value.Limit;
import dev.signet.base.settings.value.Network;
import dev.signet.base.settings.value.Rate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
  @TempDir private Path directory;

  private static final String ENCRYPTION = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private static final long HEAP = 4L << 30;

  @Test
  void defaultsAreThoseOfTheReference() {
    Settings settings = read(Map.of());

    assertEquals(URI.create("http://localhost:8080"), settings.issuer());
    assertFalse(settings.production());
    assertEquals(Path.of("signet-data").toAbsolutePath(), settings.dataDirectory());
    assertTrue(settings.embeddedDatabase());
    assertTrue(settings.keys().areGenerated());
    assertEquals(
        new KeySettings(
            KeySettings.Store.CONFIG,
            KeySettings.Algorithm.RS256,
            2048,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofMinutes(15),
            Duration.ofDays(90)),
        settings.keys());
    assertEquals(
        new TokenSettings(
            "http://localhost:8080",
            "http://localhost:8080",
            Duration.ofMinutes(15),
            Duration.ofSeconds(10),
            TokenSettings.Type.JWT,
            TokenSettings.Verifier.SIGNET,
            10_000),
        settings.token());
    assertEquals(
        new RefreshSettings(Duration.ofDays(14), Duration.ofDays(90), Duration.ofSeconds(10)),
        settings.refresh());
    assertEquals(
        new SessionSettings(Duration.ofHours(12), Duration.ofHours(1)), settings.session());
    assertEquals(new PasswordSettings(19_456, 2, 1, 2), settings.password());
    assertEquals(
        new HashingSettings(
            Math.min(Runtime.getRuntime().availableProcessors(), 1_048_576 / 19_456),
            16,
            Duration.ofSeconds(5),
            1_048_576),
        settings.hashing());
    assertEquals(new Settings.HttpSettings(65_536, 64, Duration.ofSeconds(10)), settings.http());
    assertEquals(
        new CookieSettings(
            "__Host-signet-access",
            "__Secure-signet-refresh",
            "__Host-signet-csrf",
            "__Host-signet-browser",
            CookieSettings.SameSite.STRICT,
            Duration.ofMinutes(5)),
        settings.cookies());
    assertEquals(new CorsSettings(Set.of()), settings.cors());
    assertEquals(new Settings.FreshSettings(Duration.ofMinutes(15)), settings.fresh());
    assertEquals(
        new SourceSettings(List.of(), SourceSettings.Header.X_FORWARDED_FOR, 32, 64),
        settings.sources());
    assertEquals(
        new BlockSettings(
            100, Duration.ofMinutes(10), Duration.ofMinutes(15), Duration.ofDays(1), List.of()),
        settings.blocks());
    assertEquals(
        new Settings.ClientSettings(Duration.ofDays(1), AssertionAudience.ANY), settings.clients());
    assertEquals(Profile.NONE, settings.profile());
    assertEquals(new DocumentSettings(Optional.of(Set.of()), true), settings.documents());
    assertEquals(new Settings.AuthorizationSettings(false), settings.authorization());
    assertEquals(new SubjectSettings(Optional.empty()), settings.subjects());
    assertEquals(new Settings.DpopSettings(false), settings.dpop());
    assertEquals(new OutboundSettings(Set.of(), List.of()), settings.outbound());
    assertEquals(
        new LimitSettings(
            Map.ofEntries(
                Map.entry(Limit.LOGIN_SOURCE, new Rate(300, Duration.ofMinutes(1))),
                Map.entry(Limit.REGISTER_SOURCE, new Rate(100, Duration.ofMinutes(10))),
                Map.entry(Limit.REFRESH_SOURCE, new Rate(600, Duration.ofMinutes(1))),
                Map.entry(Limit.REFRESH_ACCOUNT, new Rate(60, Duration.ofMinutes(1))),
                Map.entry(Limit.API_SOURCE, new Rate(60_000, Duration.ofMinutes(1))),
                Map.entry(Limit.API_ACCOUNT, new Rate(60_000, Duration.ofMinutes(1))),
                Map.entry(Limit.TOKEN_SOURCE, new Rate(60_000, Duration.ofMinutes(1))),
                Map.entry(Limit.TOKEN_CLIENT, new Rate(30_000, Duration.ofMinutes(1))),
                Map.entry(Limit.AUTHORIZE_SOURCE, new Rate(600, Duration.ofMinutes(1))),
                Map.entry(Limit.INTROSPECT_SOURCE, new Rate(60_000, Duration.ofMinutes(1))),
                Map.entry(Limit.INTROSPECT_CLIENT, new Rate(60_000, Duration.ofMinutes(1))),
                Map.entry(Limit.USERINFO_SOURCE, new Rate(60_000, Duration.ofMinutes(1)))),
            List.of(),
            false),
        settings.limits());
    assertEquals(
        new RegistrationSettings(
            RegistrationSettings.Reveal.NAMES,
            RegistrationSettings.Clients.TOKEN,
            List.of(),
            Optional.empty()),
        settings.registration());
    assertEquals(
        new LockSettings(10, Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofHours(24)),
        settings.locks());
    assertEquals(new ImportSettings(Optional.empty(), Optional.empty()), settings.imported());
    assertEquals(new AuditSettings(10_000, Duration.ofDays(365)), settings.audit());
    assertEquals(new MetricsSettings(Optional.empty(), false), settings.metrics());
    assertEquals(
        new BrandSettings(
            "Signet",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Map.of()),
        settings.brand());
    assertEquals(Optional.empty(), settings.admin().password());
  }

  @Test
  void everyKeyReachesItsPlace() {
    Map<String, String> values = new HashMap<>();
    values.put("signet.issuer", "https://id.example.org/");
    values.put("signet.production", "true");
    values.put("signet.data.directory", "/var/lib/signet");
    values.put("signet.database.url", "jdbc:postgresql://db/signet");
    values.put("signet.database.user", "signet");
    values.put("signet.database.password", "secret");
    values.put("signet.token.audience", "https://api.example.org");
    values.put("signet.token.lifetime", "PT5M");
    values.put("signet.token.skew", "PT30S");
    values.put("signet.token.type", "at+jwt");
    values.put("signet.token.verifier", "container");
    values.put("signet.token.cache", "5");
    values.put("signet.refresh.idle", "PT1H");
    values.put("signet.refresh.lifetime", "P1D");
    values.put("signet.refresh.grace", "PT0S");
    values.put("signet.session.lifetime", "PT3H");
    values.put("signet.session.idle", "PT2H");
    values.put("signet.keys.private.file", "/etc/signet/key.pem");
    values.put("signet.keys.public.file", "/etc/signet/public.pem");
    values.put("signet.keys.algorithm", "ES256");
    values.put("signet.keys.bits", "3072");
    values.put("signet.keys.wait", "PT1M");
    values.put("signet.keys.rotation", "P30D");
    values.put("signet.password.memory", "65536");
    values.put("signet.password.iterations", "3");
    values.put("signet.password.parallelism", "4");
    values.put("signet.password.score", "4");
    values.put("signet.hashing.concurrency", "7");
    values.put("signet.hashing.waiting", "8");
    values.put("signet.hashing.timeout", "PT9S");
    values.put("signet.http.body", "2048");
    values.put("signet.http.uploads", "9");
    values.put("signet.http.upload.timeout", "PT3S");
    values.put("signet.cookie.access", "__Host-a");
    values.put("signet.cookie.refresh", "__Secure-r");
    values.put("signet.cookie.csrf", "c");
    values.put("signet.cookie.browser", "__Host-b");
    values.put("signet.cookie.same-site", "Lax");
    values.put("signet.cookie.renew", "PT1M");
    values.put("signet.cors.origins", "https://app.example.org, http://LocalHost:5173");
    values.put("signet.token.fresh", "PT2M");
    values.put("signet.proxies.trusted", "10.0.0.0/8, ::1");
    values.put("signet.proxies.header", "forwarded");
    values.put("signet.source.ipv4", "24");
    values.put("signet.source.ipv6", "56");
    values.put("signet.block.failures", "7");
    values.put("signet.block.window", "PT1M");
    values.put("signet.block.duration", "PT2M");
    values.put("signet.block.longest", "PT3M");
    values.put("signet.block.allow", "192.0.2.1");
    values.put("signet.par.required", "true");
    values.put("signet.client.overlap", "PT1H");
    values.put("signet.subject.salt", "a secret of at least 32 characters");
    values.put("signet.dpop.nonce", "true");
    values.put("signet.outbound.allow", "localhost, Keys.Intern, 10.0.0.0/8, fd00::1");
    values.put("signet.limit.login.source", "1/PT1S");
    values.put("signet.limit.login.account", "2/PT2S");
    values.put("signet.limit.register.source", "3/PT3S");
    values.put("signet.limit.refresh.source", "4/PT4S");
    values.put("signet.limit.refresh.account", "5/PT5S");
    values.put("signet.limit.api.source", "1000000/P1D");
    values.put("signet.limit.api.account", "off");
    values.put("signet.limit.token.source", "6/PT6S");
    values.put("signet.limit.token.client", "7/PT7S");
    values.put("signet.limit.authorize.source", "8/PT8S");
    values.put("signet.limit.introspect.source", "9/PT9S");
    values.put("signet.limit.introspect.client", "10/PT10S");
    values.put("signet.limit.userinfo.source", "11/PT11S");
    values.put("signet.limit.allow", "192.0.2.2, 2001:db8::/32");
    values.put("signet.limit.shared", "true");
    values.put("signet.registration.reveal", "none");
    values.put("signet.client.assertion.audience", "issuer");
    values.put("signet.refresh.rotation", "false");
    values.put("signet.client.documents", "claude.ai, Tools.example.org");
    values.put("signet.registration.clients", "off");
    values.put("signet.registration.audience", "https://mcp.example.org, urn:files");
    values.put("signet.registration.scope", "openid mcp:tools");
    values.put("signet.lock.failures", "3");
    values.put("signet.lock.delay", "PT2S");
    values.put("signet.lock.longest", "PT20S");
    values.put("signet.lock.forget", "PT1H");
    values.put("signet.import", "/etc/signet/import.json");
    values.put("signet.import.passphrase", "a passphrase");
    values.put("signet.audit.queue", "500");
    values.put("signet.audit.retention", "P30D");
    values.put("signet.metrics.token", "0123456789abcdef");
    values.put("signet.metrics.public", "true");
    values.put("signet.brand.name", "Harbor");
    values.put("signet.brand.logo", "https://cdn.example.org/logo.svg");
    values.put("signet.brand.color", "#1f5fbf");
    values.put("signet.brand.color.dark", "#8AB8FF");
    values.put("signet.brand.terms", "https://example.org/terms");
    values.put("signet.brand.privacy", "https://example.org/privacy?full");
    values.put("signet.brand.scopes", "orders:read = See your orders; orders:write=Order");
    values.put("signet.brand.scopes.de", "orders:read=Ihre Bestellungen sehen");
    values.put("signet.admin.password", "a password");
    Settings settings = read(values);

    assertEquals(URI.create("https://id.example.org"), settings.issuer());
    assertTrue(settings.production());
    assertEquals(Path.of("/var/lib/signet"), settings.dataDirectory());
    assertFalse(settings.embeddedDatabase());
    assertEquals(
        new TokenSettings(
            "https://id.example.org",
            "https://api.example.org",
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            TokenSettings.Type.AT_JWT,
            TokenSettings.Verifier.CONTAINER,
            5),
        settings.token());
    assertEquals(
        new RefreshSettings(Duration.ofHours(1), Duration.ofDays(1), Duration.ZERO, false),
        settings.refresh());
    assertEquals(new SessionSettings(Duration.ofHours(3), Duration.ofHours(2)), settings.session());
    assertEquals(
        new KeySettings(
            KeySettings.Store.CONFIG,
            KeySettings.Algorithm.ES256,
            3072,
            Optional.empty(),
            Optional.empty(),
            Optional.of(Path.of("/etc/signet/key.pem")),
            Optional.of(Path.of("/etc/signet/public.pem")),
            Optional.empty(),
            Optional.empty(),
            Duration.ofMinutes(1),
            Duration.ofDays(30)),
        settings.keys());
    assertEquals(new PasswordSettings(65_536, 3, 4, 4), settings.password());
    assertEquals(new HashingSettings(7, 8, Duration.ofSeconds(9), 1_048_576), settings.hashing());
    assertEquals(new Settings.HttpSettings(2048, 9, Duration.ofSeconds(3)), settings.http());
    assertEquals(
        new CookieSettings(
            "__Host-a",
            "__Secure-r",
            "c",
            "__Host-b",
            CookieSettings.SameSite.LAX,
            Duration.ofMinutes(1)),
        settings.cookies());
    assertEquals(
        new CorsSettings(Set.of("https://app.example.org", "http://localhost:5173")),
        settings.cors());
    assertEquals(new Settings.FreshSettings(Duration.ofMinutes(2)), settings.fresh());
    assertEquals(
        new SourceSettings(
            List.of(Network.parse("10.0.0.0/8"), Network.parse("::1")),
            SourceSettings.Header.FORWARDED,
            24,
            56),
        settings.sources());
    assertEquals(
        new BlockSettings(
            7,
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            List.of(Network.parse("192.0.2.1"))),
        settings.blocks());
    assertEquals(
        new Settings.ClientSettings(Duration.ofHours(1), AssertionAudience.ISSUER),
        settings.clients());
    assertEquals(
        new DocumentSettings(Optional.of(Set.of("claude.ai", "tools.example.org")), false),
        settings.documents());
    assertEquals(new Settings.DpopSettings(true), settings.dpop());
    assertEquals(new Settings.AuthorizationSettings(true), settings.authorization());
    assertEquals(
        new SubjectSettings(Optional.of("a secret of at least 32 characters")),
        settings.subjects());
    assertEquals(
        new OutboundSettings(
            Set.of("localhost", "keys.intern"),
            List.of(Network.parse("10.0.0.0/8"), Network.parse("fd00::1"))),
        settings.outbound());
    assertEquals(
        new LimitSettings(
            Map.ofEntries(
                Map.entry(Limit.LOGIN_SOURCE, new Rate(1, Duration.ofSeconds(1))),
                Map.entry(Limit.LOGIN_ACCOUNT, new Rate(2, Duration.ofSeconds(2))),
                Map.entry(Limit.REGISTER_SOURCE, new Rate(3, Duration.ofSeconds(3))),
                Map.entry(Limit.REFRESH_SOURCE, new Rate(4, Duration.ofSeconds(4))),
                Map.entry(Limit.REFRESH_ACCOUNT, new Rate(5, Duration.ofSeconds(5))),
                Map.entry(Limit.API_SOURCE, new Rate(1_000_000, Duration.ofDays(1))),
                Map.entry(Limit.TOKEN_SOURCE, new Rate(6, Duration.ofSeconds(6))),
                Map.entry(Limit.TOKEN_CLIENT, new Rate(7, Duration.ofSeconds(7))),
                Map.entry(Limit.AUTHORIZE_SOURCE, new Rate(8, Duration.ofSeconds(8))),
                Map.entry(Limit.INTROSPECT_SOURCE, new Rate(9, Duration.ofSeconds(9))),
                Map.entry(Limit.INTROSPECT_CLIENT, new Rate(10, Duration.ofSeconds(10))),
                Map.entry(Limit.USERINFO_SOURCE, new Rate(11, Duration.ofSeconds(11)))),
            List.of(Network.parse("192.0.2.2"), Network.parse("2001:db8::/32")),
            true),
        settings.limits());
    assertEquals(
        new RegistrationSettings(
            RegistrationSettings.Reveal.NONE,
            RegistrationSettings.Clients.OFF,
            List.of("https://mcp.example.org", "urn:files"),
            Optional.of(Set.of("openid", "mcp:tools"))),
        settings.registration());
    assertEquals(
        new LockSettings(3, Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofHours(1)),
        settings.locks());
    assertEquals(
        new ImportSettings(
            Optional.of(Path.of("/etc/signet/import.json")), Optional.of("a passphrase")),
        settings.imported());
    assertFalse(settings.toString().contains("a passphrase"));
    assertEquals(new AuditSettings(500, Duration.ofDays(30)), settings.audit());
    assertEquals(new MetricsSettings(Optional.of("0123456789abcdef"), true), settings.metrics());
    assertEquals(
        new BrandSettings(
            "Harbor",
            Optional.of("https://cdn.example.org/logo.svg"),
            Optional.of("#1f5fbf"),
            Optional.of("#8AB8FF"),
            Optional.of("https://example.org/terms"),
            Optional.of("https://example.org/privacy?full"),
            Map.of("orders:read", "See your orders", "orders:write", "Order"),
            Map.of("orders:read", "Ihre Bestellungen sehen")),
        settings.brand());
    assertEquals(Optional.of("https://cdn.example.org"), settings.brand().logoOrigin());
    assertEquals(Optional.of("a password"), settings.admin().password());
    assertTrue(settings.known().containsAll(values.keySet()));
  }

  @Test
  void cookiesOfShortLivedTokensAreRenewedInTheirLastThird() {
    assertEquals(
        Duration.ofSeconds(20), read(Map.of("signet.token.lifetime", "PT1M")).cookies().renew());
  }

  @Test
  void cookiesHaveDifferentNames() {
    InvalidSettings refused =
        assertThrows(
            InvalidSettings.class,
            () -> read(Map.of("signet.cookie.browser", "__Host-signet-access")));

    assertTrue(refused.getMessage().contains("must differ"), refused.getMessage());
  }

  @Test
  void darkPagesHaveTheColorOfLightOnesUnlessTheyHaveTheirOwn() {
    assertEquals(
        Optional.of("#1f5fbf"), read(Map.of("signet.brand.color", "#1f5fbf")).brand().colorDark());
  }

  @Test
  void logoThatIsPartOfThePageIsLoadedFromNowhere() {
    BrandSettings brand =
        read(Map.of("signet.brand.logo", "data:image/png;base64,iVBORw0KGgo=")).brand();

    assertTrue(brand.logo().isPresent());
    assertEquals(Optional.empty(), brand.logoOrigin());
  }

  @Test
  void originIsWhatBrowsersWrite() {
    assertEquals(
        "https://id.example.org",
        CorsSettings.originOf(URI.create("https://ID.example.org:443/path")));
    assertEquals("http://[::1]:8080", CorsSettings.originOf(URI.create("http://[::1]:8080")));
    assertEquals(
        Set.of("https://a.example", "https://b.example:8443"),
        read(Map.of("signet.cors.origins", "https://a.example:443,https://b.example:8443"))
            .cors()
            .origins());
  }

  @Test
  void keysCanComeAsText() {
    Settings settings =
        read(Map.of("signet.keys.private", "private PEM", "signet.keys.public", "public PEM"));

    assertEquals(Optional.of("private PEM"), settings.keys().privatePem());
    assertEquals(Optional.of("public PEM"), settings.keys().publicPem());
  }

  @Test
  void keysCanBeInTheDatabase() {
    KeySettings keys =
        read(Map.of("signet.keys.store", "database", "signet.keys.encryption", ENCRYPTION)).keys();

    assertEquals(KeySettings.Store.DATABASE, keys.store());
    assertEquals(Optional.of(ENCRYPTION), keys.encryption());
    assertFalse(keys.areGenerated());
    assertFalse(keys.toString().contains(ENCRYPTION));
  }

  @Test
  void keysInTheDatabaseNeedAnEncryptionKeyAndNoOtherKeys() {
    String refusal =
        assertThrows(
                InvalidSettings.class,
                () -> read(Map.of("signet.keys.store", "database", "signet.keys.private", "PEM")))
            .getMessage();

    assertTrue(refusal.contains("signet.keys.encryption"), refusal);
    assertTrue(refusal.contains("signet.keys.private"), refusal);
  }

  /** A key must be known everywhere before it signs. */
  @ParameterizedTest
  @CsvSource({"config, PT1M, 300", "database, PT1S, 0", "database, PT1M, 20", "database, P1D, 300"})
  void publicKeysAreKeptNoLongerThanAThirdOfTheWait(String store, String wait, long seconds) {
    Map<String, String> values = new HashMap<>();
    values.put("signet.keys.store", store);
    values.put("signet.keys.wait", wait);
    if ("database".equals(store)) {
      values.put("signet.keys.encryption", ENCRYPTION);
    }

    assertEquals(seconds, read(values).keys().cacheable().toSeconds());
  }

  @ParameterizedTest
  @CsvSource({
    "signet.issuer, localhost",
    "signet.issuer, ftp://id.example.org",
    "signet.issuer, https://id.example.org?x=1",
    "signet.issuer, https://id.example.org#x",
    "signet.issuer, https://user@id.example.org",
    "signet.production, yes",
    "signet.token.lifetime, 15",
    "signet.token.lifetime, PT25H",
    "signet.token.skew, PT61S",
    "signet.token.type, JWS",
    "signet.token.verifier, none",
    "signet.token.cache, -1",
    "signet.refresh.idle, PT59S",
    "signet.refresh.lifetime, forever",
    "signet.refresh.grace, PT61S",
    "signet.session.lifetime, PT59S",
    "signet.session.lifetime, forever",
    "signet.session.idle, PT59S",
    "signet.session.idle, PT13H",
    "signet.password.memory, lots",
    "signet.password.iterations, 0",
    "signet.password.parallelism, 17",
    "signet.password.score, 5",
    "signet.hashing.concurrency, 0",
    "signet.hashing.waiting, -1",
    "signet.hashing.timeout, PT2M",
    "signet.http.body, 10",
    "signet.http.uploads, 0",
    "signet.http.upload.timeout, PT0.5S",
    "signet.cookie.access, a b",
    "signet.cookie.access, a;b",
    "signet.cookie.refresh, __Host-refresh",
    "signet.cookie.refresh, __host-refresh",
    "signet.cookie.refresh, __Host-signet-csrf",
    "signet.cookie.same-site, None",
    "signet.cookie.renew, PT15M",
    "signet.cors.origins, *",
    "signet.cors.origins, null",
    "signet.cors.origins, https://*.example.org",
    "signet.cors.origins, https://app.example.org/",
    "signet.cors.origins, https://app.example.org/x",
    "signet.cors.origins, https://user@app.example.org",
    "signet.cors.origins, app.example.org",
    "signet.cors.origins, file:///",
    "signet.token.fresh, PT0S",
    "signet.proxies.trusted, proxy.example.org",
    "signet.proxies.header, X-Real-IP",
    "signet.source.ipv6, 129",
    "signet.block.failures, 0",
    "signet.block.allow, 10.0.0.0/33",
    "signet.subject.salt, fewer than 32 characters",
    "signet.outbound.allow, *.example.org",
    "signet.outbound.allow, https://example.org",
    "signet.outbound.allow, 10.0.0.0/33",
    "signet.limit.login.source, 300",
    "signet.limit.login.source, 0/PT1M",
    "signet.limit.login.account, 60/1m",
    "signet.limit.register.source, 1000001/PT1M",
    "signet.limit.refresh.source, 600/PT0S",
    "signet.limit.refresh.account, 60/PT1.5S",
    "signet.limit.api.source, 1/PT25H",
    "signet.limit.api.account, none",
    "signet.limit.allow, localhost",
    "signet.limit.shared, perhaps",
    "signet.limit.shared, true",
    "signet.registration.reveal, email",
    "signet.registration.clients, yes",
    "signet.client.documents, https://claude.ai",
    "signet.client.assertion.audience, token",
    "signet.refresh.rotation, never",
    "signet.profile, fapi1",
    "signet.client.documents, *.example.org",
    "signet.client.documents, any;claude.ai",
    "signet.registration.audience, mcp.example.org",
    "signet.registration.audience, https://mcp.example.org/#tools",
    "signet.registration.scope, tools\\read",
    "signet.lock.failures, 0",
    "signet.lock.delay, PT0S",
    "signet.lock.longest, PT25H",
    "signet.lock.longest, PT0.5S",
    "signet.lock.forget, PT0S",
    "signet.audit.queue, 99",
    "signet.audit.retention, PT0S",
    "signet.audit.retention, PT23H",
    "signet.metrics.token, fifteen-letters",
    "signet.metrics.token, sixteen or more letters",
    "signet.metrics.public, no",
    "signet.dpop.nonce, maybe",
    "signet.cookie.browser, a b",
    "signet.brand.logo, http://example.org/logo.png",
    "signet.brand.logo, data:text/html;base64,PGI+",
    "signet.brand.logo, data:image/svg+xml;utf8",
    "signet.brand.color, red",
    "signet.brand.color, '#fff'",
    "signet.brand.color.dark, '#12345g'",
    "signet.brand.terms, javascript:alert(1)",
    "signet.brand.privacy, https://user@example.org/",
    "signet.brand.scopes, orders",
    "signet.brand.scopes, =See",
    "signet.brand.scopes, a=One;a=Two",
    "signet.brand.scopes.de, orders=",
    "signet.keys.public, text",
    "signet.keys.store, vault",
    "signet.keys.algorithm, PS256",
    "signet.keys.bits, 1024",
    "signet.keys.bits, 2500",
    "signet.keys.encryption, c2hvcnQ=",
    "signet.keys.encryption, not base64!",
    "signet.keys.wait, PT0.5S",
    "signet.keys.rotation, PT1M",
    "signet.keys.public.file, file",
  })
  void wrongValueStopsTheStartAndNamesItsKey(String key, String value) {
    InvalidSettings refused =
        assertThrows(InvalidSettings.class, () -> read(Map.of(key, value)), key);

    assertTrue(refused.getMessage().startsWith(key + " "), refused.getMessage());
    assertTrue(refused.getMessage().endsWith("."), refused.getMessage());
  }

  @Test
  void wrongValueIsNotRepeatedBecauseItMayBeSecret() {
    InvalidSettings refused =
        assertThrows(
            InvalidSettings.class, () -> read(Map.of("signet.password.memory", "hunter2")));

    assertFalse(refused.getMessage().contains("hunter2"));
  }

  @Test
  void allFaultsAreToldAtOnce() {
    InvalidSettings refused =
        assertThrows(
            InvalidSettings.class,
            () -> read(Map.of("signet.http.body", "x", "signet.token.cache", "y")));

    assertTrue(refused.getMessage().contains("signet.http.body"));
    assertTrue(refused.getMessage().contains("signet.token.cache"));
  }

  @Test
  void keysFromTwoSourcesAreRefused() {
    InvalidSettings refused =
        assertThrows(
            InvalidSettings.class,
            () -> read(Map.of("signet.keys.private", "PEM", "signet.keys.jwks.file", "/x")));

    assertTrue(refused.getMessage().contains("signet.keys.jwks.file"));
  }

  @Test
  void productionRefusesEachTryOutDefaultAndNamesTheKeyToSet() {
    String refusal =
        assertThrows(InvalidSettings.class, () -> read(Map.of("signet.production", "true")))
            .getMessage();

    for (String key : Set.of("signet.issuer", "signet.database.url", "signet.keys.private.file")) {
      assertTrue(refusal.contains(key), key);
    }
  }

  @Test
  void blankValuesCountAsAbsent() {
    assertTrue(read(Map.of("signet.keys.private", "  ")).keys().areGenerated());
  }

  @Test
  void secretsAreInNoToString() {
    Settings settings =
        read(
            Map.of(
                "signet.admin.password",
                "hunter2",
                "signet.metrics.token",
                "0123456789abcdef",
                "signet.keys.private",
                "PEMsecret"));

    assertFalse(settings.toString().contains("hunter2"));
    assertFalse(settings.toString().contains("0123456789abcdef"));
    assertFalse(settings.toString().contains("PEMsecret"));
  }

  @ParameterizedTest
  @CsvSource({"19456,2,false", "7168,5,false", "7168,4,true", "4096,100,true", "12288,3,false"})
  void hashesBelowOwaspsWeakestRowAreWeak(int memory, int iterations, boolean weak) {
    assertEquals(weak, new PasswordSettings(memory, iterations, 1, 2).isWeak());
  }

  /** Each with what else it needs. */
  static List<Map<String, String>> secrets() {
    return List.of(
        Map.of("signet.admin.password", "a $ecret"),
        Map.of("signet.database.password", "a $ecret"),
        Map.of("signet.import.passphrase", "a $ecret"),
        Map.of("signet.metrics.token", "0123456789$abcdef"),
        Map.of("signet.subject.salt", "a $ecret of at least 32 characters"),
        Map.of("signet.keys.encryption", ENCRYPTION, "signet.keys.store", "database"));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void secretMayBeInAFile(Map<String, String> values) throws IOException {
    Map<String, String> inFile = new HashMap<>(values);
    String key = secretKey(values);
    Path file = Files.writeString(directory.resolve("secret"), inFile.remove(key) + "\n");
    inFile.put(key + ".file", file.toString());

    Settings fromText = read(values);
    Settings fromFile = read(inFile);

    assertEquals(fromText.admin(), fromFile.admin());
    assertEquals(fromText.imported(), fromFile.imported());
    assertEquals(fromText.metrics(), fromFile.metrics());
    assertEquals(fromText.subjects(), fromFile.subjects());
    assertEquals(fromText.keys(), fromFile.keys());
    assertTrue(fromFile.known().contains(key + ".file"));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void secretAsTextAndInAFileStopsTheStart(Map<String, String> values) {
    Map<String, String> both = new HashMap<>(values);
    String key = secretKey(values);
    both.put(key + ".file", "/etc/signet/secret");

    String fault = assertThrows(InvalidSettings.class, () -> read(both)).getMessage();

    assertTrue(
        fault.contains(key + " and " + key + ".file are both set: remove one of them."), fault);
    assertFalse(fault.contains(values.get(key)), fault);
  }

  @Test
  void secretIsTakenWithItsBlanksAndOneLineBreakAtTheEndOfItsFileIsDropped() throws IOException {
    String secret = " $ecret ${HOME} \\ \n";
    Path file = Files.writeString(directory.resolve("secret"), secret + "\r\n");

    assertEquals(
        Optional.of(secret),
        read(Map.of("signet.admin.password.file", file.toString())).admin().password());
    assertEquals(
        Optional.of(secret), read(Map.of("signet.admin.password", secret)).admin().password());
  }

  @Test
  void fileOfASecretThatCannotBeUsedStopsTheStartWithoutItsContent() throws IOException {
    Path none = directory.resolve("none");
    Path empty = Files.writeString(directory.resolve("empty"), "\n");
    Path large = Files.writeString(directory.resolve("large"), "x".repeat(65_537));
    Path binary = Files.write(directory.resolve("binary"), new byte[] {'s', (byte) 0xff});

    assertFileFault(none, "cannot be read.");
    assertFileFault(directory, "cannot be read.");
    assertFileFault(empty, "must have 1 to 65536 bytes of text.");
    assertFileFault(large, "must have 1 to 65536 bytes of text.");
    assertFileFault(binary, "must be text in UTF-8.");
  }

  private static void assertFileFault(Path file, String fault) {
    assertEquals(
        "signet.admin.password.file: the file " + file + " " + fault,
        assertThrows(
                InvalidSettings.class,
                () -> read(Map.of("signet.admin.password.file", file.toString())))
            .getMessage());
  }

  private static String secretKey(Map<String, String> values) {
    return values.keySet().stream()
        .filter(key -> !key.equals("signet.keys.store"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void userOrPasswordInTheDatabaseUrlStopsTheStart() {
    InvalidSettings fault =
        assertThrows(
            InvalidSettings.class,
            () -> read(Map.of("signet.database.url", "jdbc:postgresql://db/a?password=hunter2")));

    assertEquals(
        "signet.database.url must not contain a user or a password: set signet.database.user and"
            + " signet.database.password.",
        fault.getMessage());
  }

  @Test
  void hashesThatDoNotFitIntoAQuarterOfTheHeapStopTheStart() {
    Map<String, String> values =
        Map.of("signet.password.memory", "524288", "signet.hashing.concurrency", "3");

    InvalidSettings fault = assertThrows(InvalidSettings.class, () -> read(values));

    assertEquals(
        "signet.password.memory times signet.hashing.concurrency must be at most 1048576 KiB, a"
            + " quarter of the heap: lower one of them, or give the server a larger heap (-Xmx).",
        fault.getMessage());
    assertEquals(
        2,
        read(Map.of("signet.password.memory", "524288", "signet.hashing.concurrency", "2"))
            .hashing()
            .concurrency());
  }

  @Test
  void byDefaultNoMoreHashesRunAtTheSameTimeThanFitIntoAQuarterOfTheHeap() {
    Settings settings =
        Settings.read(key -> Optional.empty(), 4L * 19_456 * 1_024 /* bytes for one */);

    assertEquals(1, settings.hashing().concurrency());
    assertThrows(
        InvalidSettings.class, () -> Settings.read(key -> Optional.empty(), 4L * 19_455 * 1_024));
  }

  /** As a server does under a Turkish locale, whose capital i is none of ASCII. */
  @Test
  void environmentVariableThatTheServerHidesStopsTheStart() {
    InvalidSettings refused =
        assertThrows(
            InvalidSettings.class,
            () ->
                Settings.read(
                    key -> Optional.empty(),
                    Long.MAX_VALUE,
                    Map.of("SIGNET_PRODUCTION", "true", "SIGNET_DATABASE_PASSWORD", "secret")));

    assertTrue(refused.getMessage().contains("SIGNET_PRODUCTION"), refused::getMessage);
    assertTrue(refused.getMessage().contains("SIGNET_DATABASE_PASSWORD"), refused::getMessage);
    assertFalse(refused.getMessage().contains("secret"), refused::getMessage);
  }

  @Test
  void environmentVariableThatIsShownOverriddenEmptyOrUnknownIsNotHidden() {
    Map<String, String> shown = Map.of("signet.issuer", "https://id.example.org");

    Settings settings =
        Settings.read(
            key -> Optional.ofNullable(shown.get(key)),
            Long.MAX_VALUE,
            Map.of(
                "SIGNET_ISSUER", "https://other.example.org",
                "SIGNET_DATABASE_URL", "",
                "SIGNET_TYPO", "x",
                "PATH", "/bin"));

    assertEquals("https://id.example.org", settings.issuer().toString());
  }

  private static Settings read(Map<String, String> values) {
    return Settings.read(key -> Optional.ofNullable(values.get(key)), HEAP);
  }
}
