package dev.signet;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Application;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Completes the API description while the WAR is built: application paths, who may call, problems.
 * All of it is read from the code, so that no resource repeats it. The class itself stays out of
 * the WAR.
 */
public final class ApiDescription implements OASFilter {

  private static final String BEARER = "bearer";
  private static final String COOKIE = "cookie";
  private static final String NOT_BLANK = "\\S";
  private static final List<Application> APPLICATIONS =
      List.of(
          new ApiApplication(),
          new OAuthApplication(),
          new WellKnownApplication(),
          new MetricsApplication());

  @Override
  public void filterOpenAPI(OpenAPI api) {
    describeProblems(api);
    api.getComponents()
        .addSecurityScheme(
            BEARER,
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .bearerFormat("JWT")
                .description("The access token that a login or the token endpoint returned"))
        .addSecurityScheme(
            COOKIE,
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.COOKIE)
                .name("__Host-signet-access")
                .description(
                    "What a login with the delivery cookie set; all methods but GET also need the"
                        + " header X-CSRF-Token"));

    Map<String, PathItem> paths = new TreeMap<>();
    api.getPaths()
        .getPathItems()
        .forEach(
            (path, item) -> {
              String prefix = null;
              for (Operation operation : item.getOperations().values()) {
                Method method = methodOf(operation);
                String applicationPath = applicationPathOf(method.getDeclaringClass());
                if (prefix != null && !prefix.equals(applicationPath)) {
                  throw new IllegalStateException(path + " is in two applications");
                }
                prefix = applicationPath;
                complete(operation, method);
              }
              paths.put(path.equals("/") ? prefix : prefix + path, item);
            });
    paths.put("/oauth2/register", registration());
    paths.put("/oauth2/logout", logout());
    api.getPaths().setPathItems(paths);
  }

  /** The scanner knows one space of paths for all applications: /api/logout has its place. */
  private static PathItem logout() {
    return OASFactory.createPathItem()
        .GET(
            OASFactory.createOperation()
                .operationId("logoutEndpointLogOut")
                .addTag("OAuth")
                .summary("Log a browser out")
                .description(
                    "The parameters are those of OpenID Connect RP-Initiated Logout 1.0, section 2."
                        + " With an id_token_hint of the user who is logged in, nobody is asked."
                        + " POST takes the same as a form.")
                .responses(
                    OASFactory.createAPIResponses()
                        .addAPIResponse(
                            "303", described("To the post_logout_redirect_uri, with state"))
                        .addAPIResponse(
                            "200", described("A page: the question, or that it is done"))
                        .addAPIResponse(
                            "400", described("A page: what is asked for is not to be believed"))));
  }

  private static APIResponse described(String description) {
    return OASFactory.createAPIResponse().description(description);
  }

  /** The same, of /api/register. */
  private static PathItem registration() {
    return OASFactory.createPathItem()
        .POST(
            OASFactory.createOperation()
                .operationId("registrationEndpointRegister")
                .addTag("OAuth")
                .summary("Register a client, by itself")
                .description(
                    "Needs an access token of the group client-registrar or admin, unless the"
                        + " server is set otherwise. What only administrators decide is ignored.")
                .requestBody(OASFactory.createRequestBody().content(json("RegistrationRequest")))
                .responses(
                    OASFactory.createAPIResponses()
                        .addAPIResponse(
                            "201",
                            OASFactory.createAPIResponse()
                                .description(
                                    "The client, its secret if it has one, and its registration"
                                        + " access token")
                                .content(json("RegistrationView")))
                        .addAPIResponse("403", described("The access token does not allow it"))
                        .addAPIResponse(
                            "404", described("The server is set to register no clients"))));
  }

  private static Content json(String schema) {
    return OASFactory.createContent()
        .addMediaType(
            "application/json",
            OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("#/components/schemas/" + schema)));
  }

  /**
   * Bean Validation matches whole values, JSON Schema looks for a part; a format says more than a
   * pattern.
   */
  @Override
  public Schema filterSchema(Schema schema) {
    String pattern = schema.getPattern();
    if (pattern == null || pattern.startsWith("^")) {
      return schema;
    }
    if (schema.getFormat() != null) {
      return schema.pattern(null);
    }
    if (pattern.equals(NOT_BLANK)) {
      return schema
          .pattern(null)
          .minLength(schema.getMinLength() == null ? 1 : schema.getMinLength());
    }
    return schema.pattern("^(?:" + pattern + ")$");
  }

  /** The scanner names operations {@code package.Class_method}: the way back to the code. */
  private static Method methodOf(Operation operation) {
    String id = operation.getOperationId();
    int split = id.lastIndexOf('_');
    try {
      Class<?> resource =
          Class.forName(id.substring(0, split), false, ApiDescription.class.getClassLoader());
      List<Method> methods =
          Arrays.stream(resource.getDeclaredMethods())
              .filter(m -> m.getName().equals(id.substring(split + 1)))
              .filter(
                  m ->
                      Arrays.stream(m.getAnnotations())
                          .anyMatch(a -> a.annotationType().isAnnotationPresent(HttpMethod.class)))
              .toList();
      if (methods.size() != 1) {
        throw new IllegalStateException(
            id + " must be one method: give each operation its own name");
      }
      return methods.get(0);
    } catch (ClassNotFoundException | IndexOutOfBoundsException e) {
      throw new IllegalStateException(
          id + " is no resource method: leave operationId to the build", e);
    }
  }

  private static String applicationPathOf(Class<?> resource) {
    return APPLICATIONS.stream()
        .filter(application -> application.getClasses().contains(resource))
        .map(application -> application.getClass().getAnnotation(ApplicationPath.class).value())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(resource.getName() + " is in no application"));
  }

  private static void complete(Operation operation, Method method) {
    operation.setOperationId(shortName(method));
    Map<String, APIResponse> responses = new TreeMap<>(operation.getResponses().getAPIResponses());

    // The scanner takes "201 Created" for a POST that returns nothing; JAX-RS answers 204.
    boolean returnsNothing = method.getReturnType() == void.class;
    if (returnsNothing) {
      responses.remove("201");
    }
    if (responses.keySet().stream()
        .noneMatch(code -> code.startsWith("2") || code.startsWith("3"))) {
      if (!returnsNothing) {
        throw new IllegalStateException(method + " describes problems but no success");
      }
      responses.put("204", OASFactory.createAPIResponse().description("Done"));
    }

    responses.forEach(
        (code, response) -> {
          if (code.matches("[45].*")
              && response.getContent() == null
              && response.getRef() == null) {
            response.setContent(problemJson());
          }
        });
    if (operation.getRequestBody() != null || operation.getParameters() != null) {
      responses.putIfAbsent("400", reference("InvalidInput"));
    }
    List<String> roles = rolesOf(method);
    if (!roles.isEmpty()) {
      for (String scheme : List.of(BEARER, COOKIE)) {
        operation.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(scheme));
      }
      String role = "Role: " + String.join(" or ", roles) + ".";
      operation.setDescription(
          operation.getDescription() == null ? role : operation.getDescription() + "\n\n" + role);
      responses.putIfAbsent("401", reference("Unauthorized"));
      responses.putIfAbsent("403", reference("Forbidden"));
    }
    responses.putIfAbsent("default", reference("Problem"));
    operation.getResponses().setAPIResponses(responses);
  }

  /**
   * {@code UsersResource.list} → {@code usersList}, {@code LoginResource.login} → {@code login}.
   */
  private static String shortName(Method method) {
    String resource = method.getDeclaringClass().getSimpleName().replaceFirst("Resource$", "");
    resource = Character.toLowerCase(resource.charAt(0)) + resource.substring(1);
    String name = method.getName();
    return name.equals(resource)
        ? name
        : resource + Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static List<String> rolesOf(Method method) {
    if (method.isAnnotationPresent(PermitAll.class)) {
      return List.of();
    }
    RolesAllowed roles =
        method.isAnnotationPresent(RolesAllowed.class)
            ? method.getAnnotation(RolesAllowed.class)
            : method.getDeclaringClass().getAnnotation(RolesAllowed.class);
    return roles == null ? List.of() : List.of(roles.value());
  }

  private static void describeProblems(OpenAPI api) {
    api.getComponents()
        .addResponse(
            "InvalidInput", problem("The request is malformed or breaks a rule that errors names"))
        .addResponse(
            "Unauthorized",
            problem("No access token, or one that is invalid, expired or revoked")
                .addHeader(
                    "WWW-Authenticate",
                    OASFactory.createHeader()
                        .description("The challenge (RFC 6750)")
                        .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING))))
        .addResponse("Forbidden", problem("The access token lacks the role"))
        .addResponse("Problem", problem("Any other problem"));
  }

  private static APIResponse problem(String description) {
    return OASFactory.createAPIResponse().description(description).content(problemJson());
  }

  private static Content problemJson() {
    return OASFactory.createContent()
        .addMediaType(
            "application/problem+json",
            OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("#/components/schemas/Problem")));
  }

  private static APIResponse reference(String response) {
    return OASFactory.createAPIResponse().ref("#/components/responses/" + response);
  }
}
