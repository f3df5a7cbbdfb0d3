package dev.signet;

import dev.signet.endpoint.authorize.AuthorizationEndpoint;
import dev.signet.endpoint.authorize.ConsentForm;
import dev.signet.endpoint.authorize.DeviceEndpoint;
import dev.signet.endpoint.authorize.LoginForm;
import dev.signet.endpoint.authorize.PasswordForm;
import dev.signet.endpoint.authorize.PushedRequestEndpoint;
import dev.signet.endpoint.discovery.UserinfoEndpoint;
import dev.signet.endpoint.grant.DeviceAuthorizationEndpoint;
import dev.signet.endpoint.grant.TokenEndpoint;
import dev.signet.endpoint.introspection.IntrospectionEndpoint;
import dev.signet.endpoint.introspection.RevocationEndpoint;
import dev.signet.endpoint.logout.LogoutEndpoint;
import dev.signet.endpoint.registration.RegistrationEndpoint;
import dev.signet.web.body.AbsentContentType;
import dev.signet.web.body.AcceptFallback;
import dev.signet.web.body.CodedBodies;
import dev.signet.web.body.FormReader;
import dev.signet.web.body.JsonWriter;
import dev.signet.web.error.OAuthErrorMapper;
import dev.signet.web.limit.LimitedFeature;
import dev.signet.web.mechanism.AuditAdmission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The OAuth endpoints. */
@ApplicationPath("/oauth2")
@ApplicationScoped
public class OAuthApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        AuthorizationEndpoint.class,
        LoginForm.class,
        PasswordForm.class,
        ConsentForm.class,
        DeviceEndpoint.class,
        PushedRequestEndpoint.class,
        TokenEndpoint.class,
        IntrospectionEndpoint.class,
        RevocationEndpoint.class,
        UserinfoEndpoint.class,
        LogoutEndpoint.class,
        DeviceAuthorizationEndpoint.class,
        RegistrationEndpoint.class,
        AbsentContentType.class,
        AcceptFallback.class,
        CodedBodies.class,
        AuditAdmission.class,
        LimitedFeature.class,
        FormReader.class,
        JsonWriter.class,
        OAuthErrorMapper.class);
  }

  /** Jersey would add a second description, WADL. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
