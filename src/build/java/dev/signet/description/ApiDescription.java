package dev.signet.description;

import dev.signet.ApiApplication;
import dev.signet.MetricsApplication;
import dev.signet.OAuthApplication;
import dev.signet.WellKnownApplication;
import dev.signet.base.problem.FieldError;
import dev.signet.base.route.Route;
import dev.signet.base.route.Routes;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Application;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Completes the API description while the WAR is built: application paths, permitted callers,
 * problems. All of this is derived from the code, so that no resource repeats it. The class itself
 * stays out of the WAR.
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

  private static final String FORM = "application/x-www-form-urlencoded";

  /** The error responses of an operation, as references to shared responses. */
  private enum Errors {
    PROBLEM("application/problem+json", "Problem", "InvalidInput", "Problem"),
    OAUTH("application/json", "OAuthError", "OAuthRefusal", "OAuthProblem"),
    PAGE("text/html", null, "RefusalPage", "ProblemPage");

    private final String mediaType;
    private final String schema;
    private final String refusal;
    private final String other;

    Errors(String mediaType, String schema, String refusal, String other) {
      this.mediaType = mediaType;
      this.schema = schema;
      this.refusal = refusal;
      this.other = other;
    }

    static Errors of(Route route) {
      if (route.isPage()) {
        return PAGE;
      }
      return route.isOAuth() ? OAUTH : PROBLEM;
    }

    Content content() {
      return schema == null ? html() : ApiDescription.content(mediaType, schema);
    }

    APIResponse response(String description) {
      return described(description).content(content());
    }
  }

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
                    "The cookie that a login with the delivery cookie sets. All"
                        + " methods except GET also need the header X-CSRF-Token."));

    ApiDescriptionMembers members = new ApiDescriptionMembers();
    members.look(FieldError.class); // The type of problem members, which no method returns.
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
                Route route = Routes.of(prefix + path);
                describeForm(operation, route);
                complete(operation, method, route);
                members.look(method);
              }
              paths.put(path.equals("/") ? prefix : prefix + path, item);
            });
    api.getComponents().removeSchema("Form");
    members.required().forEach((name, required) -> require(api, name, required));
    ApiDescriptionForms.answers().forEach(api.getComponents()::addSchema);
    paths.put(Routes.REGISTRATION.path(), registration());
    paths.put(Routes.LOGOUT_PAGE.path(), logout());
    paths
        .get(Routes.AUTHORIZATION.path())
        .getGET()
        .setParameters(ApiDescriptionForms.query(Routes.AUTHORIZATION));
    api.getPaths().setPathItems(paths);
  }

  /** Adds required members; members that annotations require stay required. */
  private static void require(OpenAPI api, String name, List<String> required) {
    Schema schema = api.getComponents().getSchemas().get(name);
    if (schema != null) {
      Set<String> all = new LinkedHashSet<>(required);
      all.addAll(Objects.requireNonNullElse(schema.getRequired(), List.of()));
      schema.setRequired(all.isEmpty() ? null : List.copyOf(all));
    }
  }

  private static void describeForm(Operation operation, Route route) {
    if (operation.getRequestBody() != null) {
      MediaType form = operation.getRequestBody().getContent().getMediaType(FORM);
      if (form != null) {
        form.setSchema(ApiDescriptionForms.of(route));
      }
    }
  }

  /**
   * Described by hand, because the scanner ignores the application paths and confuses it with
   * /api/logout.
   */
  private static PathItem logout() {
    return OASFactory.createPathItem()
        .GET(
            OASFactory.createOperation()
                .operationId("logoutEndpointLogOut")
                .addTag("OAuth")
                .summary("Log a browser out")
                .description(
                    "The parameters are those of OpenID Connect RP-Initiated Logout"
                        + " 1.0, section 2. The user is asked to confirm, unless the"
                        + " id_token_hint belongs to this browser's session. POST takes the"
                        + " same parameters as a form.")
                .parameters(ApiDescriptionForms.query(Routes.LOGOUT_PAGE))
                .responses(
                    OASFactory.createAPIResponses()
                        .addAPIResponse(
                            "303", described("To the post_logout_redirect_uri, with state"))
                        .addAPIResponse(
                            "200",
                            Errors.PAGE.response(
                                "A page: the confirmation prompt, or the confirmation"
                                    + " that the user is logged out"))
                        .addAPIResponse(
                            "400", Errors.PAGE.response("A page: the request is invalid"))
                        .addAPIResponse("default", reference(Errors.PAGE.other))));
  }

  private static APIResponse described(String description) {
    return OASFactory.createAPIResponse().description(description);
  }

  /** Described by hand, because the scanner confuses it with /api/register. */
  private static PathItem registration() {
    return OASFactory.createPathItem()
        .POST(
            OASFactory.createOperation()
                .operationId("registrationEndpointRegister")
                .addTag("OAuth")
                .summary("Register a client dynamically")
                .description(
                    "Needs an access token of the group client-registrar or admin,"
                        + " unless the server is configured otherwise. Members that only"
                        + " administrators may set are ignored.")
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
                        .addAPIResponse("400", reference(Errors.OAUTH.refusal))
                        .addAPIResponse(
                            "403",
                            Errors.OAUTH.response(
                                "The access token does not allow the registration of" + " clients"))
                        .addAPIResponse(
                            "404",
                            Errors.OAUTH.response(
                                "Dynamic client registration is disabled on this server"))
                        .addAPIResponse("default", reference(Errors.OAUTH.other))));
  }

  private static Content json(String schema) {
    return content("application/json", schema);
  }

  private static Content html() {
    return OASFactory.createContent()
        .addMediaType("text/html", OASFactory.createMediaType().schema(ApiDescriptionForms.text()));
  }

  private static Content content(String mediaType, String schema) {
    return OASFactory.createContent()
        .addMediaType(
            mediaType,
            OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("#/components/schemas/" + schema)));
  }

  /**
   * Anchors patterns, because Bean Validation matches whole values and JSON Schema matches parts,
   * and removes those of values with a format.
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

  /**
   * Finds the method of an operation, whose identifier the scanner sets to {@code
   * package.Class_method}.
   */
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
            id + " names several methods: give each operation its own name");
      }
      return methods.get(0);
    } catch (ClassNotFoundException | IndexOutOfBoundsException e) {
      throw new IllegalStateException(
          id + " is not a resource method: do not set operationId by hand", e);
    }
  }

  private static String applicationPathOf(Class<?> resource) {
    return APPLICATIONS.stream()
        .filter(application -> application.getClasses().contains(resource))
        .map(application -> application.getClass().getAnnotation(ApplicationPath.class).value())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    resource.getName() + " does not belong to any application"));
  }

  private static void complete(Operation operation, Method method, Route route) {
    operation.setOperationId(shortName(method));
    Map<String, APIResponse> responses = new TreeMap<>(operation.getResponses().getAPIResponses());

    // The scanner describes a POST without a result as "201 Created", but JAX-RS responds with 204.
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

    Errors errors = Errors.of(route);
    responses.forEach(
        (code, response) -> {
          if (code.matches("[45].*")
              && response.getContent() == null
              && response.getRef() == null) {
            response.setContent(errors.content());
          } else if (isUndescribed(response.getContent())) {
            response.setContent(errors == Errors.PAGE ? html() : null);
          }
        });
    if (operation.getRequestBody() != null || operation.getParameters() != null) {
      responses.putIfAbsent("400", reference(errors.refusal));
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
    responses.putIfAbsent("default", reference(errors.other));
    operation.getResponses().setAPIResponses(responses);
  }

  /** The scanner describes a {@code Response} as any JSON. */
  private static boolean isUndescribed(Content content) {
    return content != null
        && content.getMediaTypes().values().stream()
            .map(MediaType::getSchema)
            .allMatch(schema -> schema.getRef() == null && schema.getType() == null);
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
        .addSchema(
            Errors.OAUTH.schema,
            OASFactory.createSchema()
                .description("What went wrong (RFC 6749, section 5.2)")
                .addType(Schema.SchemaType.OBJECT)
                .addProperty("error", ApiDescriptionForms.text())
                .addProperty("error_description", ApiDescriptionForms.text())
                .addRequired("error"))
        .addResponse(
            Errors.PROBLEM.refusal,
            Errors.PROBLEM.response("The request is malformed or breaks a rule that errors names"))
        .addResponse(
            "Unauthorized",
            Errors.PROBLEM
                .response("No access token, or one that is invalid, expired or revoked")
                .addHeader(
                    "WWW-Authenticate",
                    OASFactory.createHeader()
                        .description("The challenge (RFC 6750)")
                        .schema(ApiDescriptionForms.text())))
        .addResponse("Forbidden", Errors.PROBLEM.response("The access token lacks the role"))
        .addResponse(Errors.PROBLEM.other, Errors.PROBLEM.response("Any other problem"))
        .addResponse(
            Errors.OAUTH.refusal,
            Errors.OAUTH.response("The request is refused; error names the reason"))
        .addResponse(Errors.OAUTH.other, Errors.OAUTH.response("Any other problem"))
        .addResponse(Errors.PAGE.refusal, Errors.PAGE.response("A page: the request is refused"))
        .addResponse(Errors.PAGE.other, Errors.PAGE.response("A page: any other problem"));
  }

  private static APIResponse reference(String response) {
    return OASFactory.createAPIResponse().ref("#/components/responses/" + response);
  }
}
