package dev.signet.flow;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The flows that depend on the database, where the others have run with another database: a server
 * answers HTTP in the same way whatever it stores in.
 */
@EnabledIfSystemProperty(named = ServerSession.RUN, matches = "(wildfly|liberty)-h2")
class StorageIT extends Deployed
    implements RegisterFlow,
        LoginFlow,
        AccountFlow,
        UsersFlow,
        BasicFlow,
        RefreshFlow,
        SessionsFlow,
        ConsentsFlow,
        RevocationFlow,
        KeysFlow,
        ClientsFlow,
        RegistrationFlow,
        RedemptionFlow,
        BackchannelLogoutFlow,
        TransferFlow,
        AuditFlow,
        GuardFlow,
        GuessingFlow,
        LimitFlow,
        EmbeddedDatabaseFlow,
        ClocksFlow,
        DeviceFlow,
        WithdrawalFlow,
        PushedRequestFlow {}
