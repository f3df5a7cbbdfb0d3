package dev.signet.flow;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Every flow, with Signet's own token checks, on H2 or PostgreSQL. */
@EnabledIfSystemProperty(named = ServerSession.RUN, matches = ".*-(h2|postgresql)")
class FlowIT extends Deployed
    implements RegisterFlow,
        LoginFlow,
        AccountFlow,
        UsersFlow,
        BasicFlow,
        TokenFlow,
        RefreshFlow,
        SessionsFlow,
        ConsentsFlow,
        RevocationFlow,
        KeysFlow,
        ClientsFlow,
        ClientCredentialsFlow,
        DpopFlow,
        TokenExchangeFlow,
        ClientTokensFlow,
        AuthorizationFlow,
        AuthorizationErrorFlow,
        PagesFlow,
        OpenIdFlow,
        UserinfoFlow,
        LogoutFlow,
        BackchannelLogoutFlow,
        AuditFlow,
        WebFlow,
        HeadersFlow,
        HostileFlow,
        MetricsFlow,
        CookieFlow,
        CorsFlow,
        FreshFlow,
        BrowserFlow,
        GuardFlow,
        OverloadFlow,
        LimitFlow,
        DatabaseFlow,
        NodesFlow {}
