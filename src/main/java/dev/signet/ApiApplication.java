package dev.signet;

import dev.signet.domain.revocation.Revocations;
import dev.signet.domain.user.User;
import dev.signet.endpoint.account.ConsentsResource;
import dev.signet.endpoint.account.MeResource;
import dev.signet.endpoint.account.OptionalResource;
import dev.signet.endpoint.account.ProtectedResource;
import dev.signet.endpoint.account.RegisterResource;
import dev.signet.endpoint.account.SessionsResource;
import dev.signet.endpoint.account.UsersResource;
import dev.signet.endpoint.admin.AuditResource;
import dev.signet.endpoint.admin.BlocksResource;
import dev.signet.endpoint.admin.ClientsResource;
import dev.signet.endpoint.admin.ExportResource;
import dev.signet.endpoint.admin.InspectionResource;
import dev.signet.endpoint.admin.KeysResource;
import dev.signet.endpoint.admin.RevocationResource;
import dev.signet.endpoint.discovery.RevocationsResource;
import dev.signet.endpoint.login.LoginResource;
import dev.signet.endpoint.login.LogoutResource;
import dev.signet.endpoint.login.RefreshResource;
import dev.signet.endpoint.ops.HealthResource;
import dev.signet.endpoint.ops.OpenApiResource;
import dev.signet.web.body.AbsentContentType;
import dev.signet.web.body.AcceptFallback;
import dev.signet.web.body.CodedBodies;
import dev.signet.web.body.JsonReader;
import dev.signet.web.body.JsonWriter;
import dev.signet.web.browser.CookieAnswer;
import dev.signet.web.error.ProblemMapper;
import dev.signet.web.limit.LimitedFeature;
import dev.signet.web.mechanism.AuditAdmission;
import dev.signet.web.mechanism.FreshFeature;
import dev.signet.web.mechanism.ScopeFilter;
import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.auth.LoginConfig;

/** Signet's own API. */
@ApplicationPath("/api")
@ApplicationScoped
@LoginConfig(authMethod = "MP-JWT", realmName = "Signet")
@DeclareRoles({User.USER, User.ADMIN, Revocations.RESOURCE_SERVER})
public class ApiApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        RegisterResource.class,
        LoginResource.class,
        RefreshResource.class,
        LogoutResource.class,
        ProtectedResource.class,
        OptionalResource.class,
        MeResource.class,
        SessionsResource.class,
        ConsentsResource.class,
        UsersResource.class,
        ClientsResource.class,
        BlocksResource.class,
        KeysResource.class,
        ExportResource.class,
        InspectionResource.class,
        RevocationResource.class,
        AuditResource.class,
        RevocationsResource.class,
        HealthResource.class,
        OpenApiResource.class,
        JsonReader.class,
        JsonWriter.class,
        ProblemMapper.class,
        ScopeFilter.class,
        FreshFeature.class,
        LimitedFeature.class,
        AbsentContentType.class,
        AcceptFallback.class,
        CodedBodies.class,
        AuditAdmission.class,
        CookieAnswer.class);
  }

  /** Jersey would add a second description, WADL. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
