package dev.signet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.route.Route;
import dev.signet.base.route.Routes;
import dev.signet.endpoint.grant.TokenServlet;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A method without {@code @RolesAllowed} answers everybody; each of these is listed here. */
class ClosedByDefaultTest {
  private static final List<Application> APPLICATIONS =
      List.of(
          new ApiApplication(),
          new OAuthApplication(),
          new WellKnownApplication(),
          new MetricsApplication());

  private static final Set<String> PUBLIC =
      Set.of(
          "HealthResource.live",
          "HealthResource.ready",
          "HealthResource.started",
          "JwksResource.show",
          "LoginResource.login",
          "LogoutEndpoint.confirm",
          "LogoutEndpoint.logOut",
          "LogoutEndpoint.logOutByForm",
          "LogoutEndpoint.askAboutTheAnswer",
          "LogoutEndpoint.methods",
          "LogoutResource.logout",
          "MetricsResource.show", // by a rule of its own, see MetricsFlow
          "OpenApiResource.show",
          "OptionalResource.greet",
          "RefreshResource.refresh",
          "RegisterResource.register",
          "ServerMetadataResource.authorizationServer",
          "ServerMetadataResource.issuerWithPath",
          "ServerMetadataResource.openIdConfiguration",
          // For people, who log in there.
          "AuthorizationEndpoint.askAboutTheAnswer",
          "AuthorizationEndpoint.authorize",
          "AuthorizationEndpoint.authorizeByForm",
          "AuthorizationEndpoint.methods",
          "ConsentForm.submit",
          "DeviceEndpoint.decide",
          "DeviceEndpoint.enter",
          "DeviceEndpoint.logIn",
          "DeviceEndpoint.replacePassword",
          "DeviceEndpoint.show",
          "LoginForm.submit",
          "PasswordForm.submit",
          // Clients show who they are in their own way.
          "DeviceAuthorizationEndpoint.authorize",
          "IntrospectionEndpoint.introspect",
          "PushedRequestEndpoint.push",
          "RegistrationEndpoint.delete",
          "RegistrationEndpoint.register", // by a setting, see RegistrationFlow
          "RegistrationEndpoint.replace",
          "RegistrationEndpoint.show",
          "RevocationEndpoint.revoke",
          "TokenEndpoint.token",
          "UserinfoEndpoint.get", // by the scope of a token, see UserinfoFlow
          "UserinfoEndpoint.post");

  @Test
  void onlyTheListedMethodsAnswerWithoutAToken() {
    Set<String> open =
        endpoints().stream()
            .filter(method -> !isClosed(method))
            .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(new TreeSet<>(PUBLIC), open);
  }

  /** It would cost a second authentication on one server, and hide that a method is open. */
  @Test
  void nobodyUsesPermitAll() {
    for (Method method : endpoints()) {
      assertFalse(method.isAnnotationPresent(PermitAll.class), method.toString());
      assertFalse(
          method.getDeclaringClass().isAnnotationPresent(PermitAll.class), method.toString());
    }
  }

  @Test
  void routesTellWhichMethodsAnswerWithoutAToken() {
    for (Method method : endpoints()) {
      Route route = Routes.of(pathOf(method));
      assertTrue(Routes.ALL.contains(route), method + " is on no route");
      assertEquals(route.caller() == Route.Caller.USER, isClosed(method), method::toString);
    }
  }

  @Test
  void servletOfTheTokenEndpointIsOnItsRoute() {
    assertArrayEquals(
        new String[] {Routes.TOKEN.path()},
        TokenServlet.class.getAnnotation(WebServlet.class).value());
  }

  private static String pathOf(Method method) {
    Class<?> resource = method.getDeclaringClass();
    String application =
        APPLICATIONS.stream()
            .filter(each -> each.getClasses().contains(resource))
            .map(each -> each.getClass().getAnnotation(ApplicationPath.class).value())
            .findFirst()
            .orElseThrow();
    return Stream.of(resource.getAnnotation(Path.class), method.getAnnotation(Path.class))
        .filter(Objects::nonNull)
        .map(Path::value)
        .filter(path -> !path.isEmpty() && !path.equals("/"))
        .collect(Collectors.joining("/", application + "/", ""))
        .replaceFirst("/$", "");
  }

  private static boolean isClosed(Method method) {
    RolesAllowed roles =
        method.isAnnotationPresent(RolesAllowed.class)
            ? method.getAnnotation(RolesAllowed.class)
            : method.getDeclaringClass().getAnnotation(RolesAllowed.class);
    return roles != null && roles.value().length > 0;
  }

  private static List<Method> endpoints() {
    return APPLICATIONS.stream()
        .flatMap(application -> application.getClasses().stream())
        .filter(type -> type.isAnnotationPresent(Path.class))
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(
            method ->
                Arrays.stream(method.getAnnotations())
                    .anyMatch(
                        annotation ->
                            annotation.annotationType().isAnnotationPresent(HttpMethod.class)))
        .toList();
  }
}
