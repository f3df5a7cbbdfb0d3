package dev.signet.description;

import dev.signet.base.oauth.GrantType;
import dev.signet.base.oauth.UserClaim;
import dev.signet.base.route.Route;
import dev.signet.base.route.Routes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Schemas of forms and responses whose members no type declares. */
final class ApiDescriptionForms {
  private static final List<String> CLIENT =
      List.of("client_id", "client_secret", "client_assertion_type", "client_assertion");

  private static final List<String> AUTHORIZATION =
      List.of(
          "response_type",
          "redirect_uri",
          "scope",
          "resource",
          "state",
          "nonce",
          "response_mode",
          "code_challenge",
          "code_challenge_method",
          "prompt",
          "max_age",
          "acr_values",
          "claims",
          "id_token_hint",
          "login_hint",
          "ui_locales",
          "dpop_jkt");

  private static final Map<Route, Supplier<Schema>> FORMS =
      Map.of(
          Routes.TOKEN, ApiDescriptionForms::tokenRequest,
          Routes.INTROSPECTION, ApiDescriptionForms::presentedToken,
          Routes.REVOCATION, ApiDescriptionForms::presentedToken,
          Routes.DEVICE_AUTHORIZATION, () -> form(CLIENT, "scope", "resource", "audience"),
          Routes.PUSHED_REQUEST, ApiDescriptionForms::pushedRequest,
          Routes.AUTHORIZATION, ApiDescriptionForms::authorizationRequest,
          Routes.LOGOUT_PAGE, ApiDescriptionForms::logoutRequest,
          Routes.USERINFO, () -> form(List.of(), "access_token"));

  private ApiDescriptionForms() {}

  /** Returns the schema of the form of an endpoint. */
  static Schema of(Route route) {
    Supplier<Schema> form = FORMS.get(route);
    if (form == null) {
      throw new IllegalStateException(route.path() + " takes a form that has no description");
    }
    return form.get();
  }

  private static Schema tokenRequest() {
    return form(
            CLIENT,
            "code",
            "redirect_uri",
            "code_verifier",
            "refresh_token",
            "device_code",
            "scope",
            "resource",
            "audience",
            "subject_token",
            "subject_token_type",
            "actor_token",
            "actor_token_type",
            "requested_token_type")
        .addProperty(
            "grant_type",
            text()
                .enumeration(
                    Arrays.stream(GrantType.values()).map(type -> (Object) type.text()).toList()))
        .addRequired("grant_type");
  }

  private static Schema presentedToken() {
    return form(CLIENT, "token", "token_type_hint").addRequired("token");
  }

  private static Schema pushedRequest() {
    return form(CLIENT, AUTHORIZATION.toArray(String[]::new)).addRequired("response_type");
  }

  private static Schema authorizationRequest() {
    return form(AUTHORIZATION, "client_id", "request_uri").addRequired("client_id");
  }

  private static Schema logoutRequest() {
    return form(
        List.of(), "id_token_hint", "client_id", "post_logout_redirect_uri", "state", "ui_locales");
  }

  /** Returns the parameters of that form in the query. */
  static List<Parameter> query(Route route) {
    Schema form = of(route);
    return form.getProperties().entrySet().stream()
        .map(
            property ->
                OASFactory.createParameter()
                    .name(property.getKey())
                    .in(Parameter.In.QUERY)
                    .required(isRequired(form, property.getKey()) ? true : null)
                    .schema(property.getValue()))
        .toList();
  }

  private static boolean isRequired(Schema form, String name) {
    return form.getRequired() != null && form.getRequired().contains(name);
  }

  /** Returns responses whose members depend on the token, by schema name. */
  static Map<String, Schema> answers() {
    return Map.of("Introspection", introspection(), "Userinfo", userinfo());
  }

  private static Schema introspection() {
    Schema schema =
        open("For an inactive token, only the member active")
            .addProperty("active", OASFactory.createSchema().addType(SchemaType.BOOLEAN))
            .addRequired("active");
    for (String name :
        List.of(
            "token_type",
            "username",
            "client_id",
            "sub",
            "scope",
            "sid",
            "iss",
            "upn",
            "jti",
            "acr")) {
      schema.addProperty(name, text());
    }
    for (String name : List.of("iat", "exp", "auth_time")) {
      schema.addProperty(name, seconds());
    }
    return schema
        .addProperty("aud", OASFactory.createSchema().addAnyOf(text()).addAnyOf(texts()))
        .addProperty("groups", texts())
        .addProperty("act", object())
        .addProperty("cnf", object());
  }

  private static Schema userinfo() {
    Schema schema =
        open("The claims that the scopes of the access token allow")
            .addProperty("sub", text())
            .addRequired("sub");
    for (UserClaim claim : UserClaim.values()) {
      schema.addProperty(
          claim.text(),
          switch (claim) {
            case PREFERRED_USERNAME, EMAIL -> text();
            case UPDATED_AT -> seconds();
            case EMAIL_VERIFIED -> OASFactory.createSchema().addType(SchemaType.BOOLEAN);
            case GROUPS -> texts();
          });
    }
    return schema;
  }

  private static Schema open(String description) {
    return object()
        .description(description)
        .additionalPropertiesSchema(OASFactory.createSchema().booleanSchema(true));
  }

  private static Schema form(List<String> first, String... more) {
    Schema form = object();
    for (List<String> names : List.of(first, List.of(more))) {
      names.forEach(name -> form.addProperty(name, parameter(name)));
    }
    return form;
  }

  private static Schema parameter(String name) {
    return switch (name) {
      // The two parameters that may be repeated.
      case "resource", "audience" -> texts();
      case "max_age" -> seconds();
      case "response_type" -> text().addEnumeration("code");
      case "response_mode" -> text().addEnumeration("query").addEnumeration("form_post");
      case "code_challenge_method" -> text().addEnumeration("S256");
      default -> text();
    };
  }

  private static Schema object() {
    return OASFactory.createSchema().addType(SchemaType.OBJECT);
  }

  static Schema text() {
    return OASFactory.createSchema().addType(SchemaType.STRING);
  }

  private static Schema texts() {
    return OASFactory.createSchema().addType(SchemaType.ARRAY).items(text());
  }

  private static Schema seconds() {
    return OASFactory.createSchema().addType(SchemaType.INTEGER).format("int64");
  }
}
