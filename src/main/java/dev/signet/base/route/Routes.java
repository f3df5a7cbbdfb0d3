package dev.signet.base.route;

import dev.signet.base.route.Route.Body;
import dev.signet.base.route.Route.Caller;
import dev.signet.base.route.Route.Counting;
import dev.signet.base.route.Route.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of all HTTP routes: a row for each path or subtree. The row determines the accepted
 * credentials and the format of responses. A test compares the callers in a row with the roles of
 * the resource.
 */
public final class Routes {
  private static final String READING = "GET, HEAD";

  public static final Route REGISTER = api("register").by(Caller.ANYONE);
  public static final Route LOGIN = api("login").by(Caller.ANYONE);
  public static final Route REFRESH = api("refresh").by(Caller.ANYONE);
  public static final Route LOGOUT = api("logout").by(Caller.ANYONE);
  public static final Route USERS = api("users");
  public static final Route CLIENTS = api("admin/clients");
  public static final Route BLOCKS = api("admin/blocks");
  public static final Route API_DESCRIPTION =
      api("openapi").by(Caller.ANYONE).openTo(READING).undescribed();

  public static final Route AUTHORIZATION = page("authorize").acting();
  public static final Route LOGIN_PAGE = page("login").undescribed();
  public static final Route PASSWORD_PAGE = page("password").undescribed();
  public static final Route CONSENT_PAGE = page("consent").undescribed();
  public static final Route DEVICE_PAGE = page("device");
  public static final Route LOGOUT_PAGE = page("logout").acting();
  public static final Route TOKEN = oauth("token");
  public static final Route PUSHED_REQUEST = oauth("par");
  public static final Route DEVICE_AUTHORIZATION = oauth("device_authorization");
  public static final Route INTROSPECTION = oauth("introspect");
  public static final Route REVOCATION = oauth("revoke");
  public static final Route USERINFO =
      oauth("userinfo").by(Caller.TOKEN_FOR_ANY_AUDIENCE).openTo("GET, HEAD, POST");
  public static final Route REGISTRATION = oauth("register").by(Caller.TOKEN).taking(Body.JSON);

  public static final Route JWK_SET = wellKnown("/jwks.json");
  public static final Route DOCUMENTATION = file("/docs/");

  /** All routes, in the order of the documentation. */
  public static final List<Route> ALL =
      List.of(
          REGISTER,
          LOGIN,
          REFRESH,
          LOGOUT,
          api("protected"),
          api("optional").by(Caller.USER_OR_ANYONE),
          api("me"),
          USERS,
          api("revocations"),
          CLIENTS,
          BLOCKS,
          api("admin/audit"),
          api("admin/export"),
          api("admin/keys"),
          api("admin/tokens"),
          api("admin/users"),
          health("live"),
          health("ready"),
          health("started"),
          API_DESCRIPTION,
          AUTHORIZATION,
          LOGIN_PAGE,
          PASSWORD_PAGE,
          CONSENT_PAGE,
          DEVICE_PAGE,
          LOGOUT_PAGE,
          TOKEN,
          PUSHED_REQUEST,
          DEVICE_AUTHORIZATION,
          INTROSPECTION,
          REVOCATION,
          USERINFO,
          REGISTRATION,
          oauth("register").below().taking(Body.JSON).openTo("GET, HEAD, PUT, DELETE"),
          JWK_SET,
          wellKnown("/openid-configuration"),
          wellKnown("/oauth-authorization-server").below(),
          row("/metrics", Kind.METRICS, Caller.TOKEN).below(),
          DOCUMENTATION);

  /** The routes for paths that do not exist. */
  private static final List<Route> REST =
      List.of(
          api("").undescribed(),
          api("health").by(Caller.ANYONE).undescribed(),
          row("/oauth2", Kind.OAUTH, Caller.ANYONE).undescribed(),
          row("/oauth2", Kind.OAUTH, Caller.CLIENT).taking(Body.FORM).below().undescribed(),
          wellKnown("").below().undescribed());

  private static final Route FILE = file("");

  private static final Map<String, Route> EXACT = byPath(false);
  private static final Map<String, Route> SUBTREES = byPath(true);

  private Routes() {}

  /**
   * Returns the route of a raw path. Other spellings of a path, such as with a path parameter or an
   * escape, do not match its route.
   *
   * @param path relative to the context root
   */
  public static Route of(String path) {
    Route exact = EXACT.get(path);
    if (exact != null) {
      return exact;
    }
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      Route subtree = SUBTREES.get(path.substring(0, end));
      if (subtree != null) {
        return subtree;
      }
    }
    return FILE;
  }

  private static Map<String, Route> byPath(boolean subtrees) {
    return Stream.concat(ALL.stream(), REST.stream())
        .filter(route -> route.subtree() == subtrees)
        .collect(Collectors.toUnmodifiableMap(Route::path, Function.identity()));
  }

  private static Route api(String path) {
    return row(path.isEmpty() ? "/api" : "/api/" + path, Kind.API, Caller.USER).below();
  }

  /**
   * Returns the route of a health check, compared with the raw path: other spellings are
   * rate-limited.
   */
  private static Route health(String check) {
    return row("/api/health/" + check, Kind.API, Caller.ANYONE).openTo(READING).uncounted();
  }

  private static Route oauth(String path) {
    return row("/oauth2/" + path, Kind.OAUTH, Caller.CLIENT).taking(Body.FORM).openTo("POST");
  }

  private static Route page(String path) {
    return row("/oauth2/" + path, Kind.PAGE, Caller.BROWSER).taking(Body.FORM).below();
  }

  private static Route wellKnown(String path) {
    return row("/.well-known" + path, Kind.WELL_KNOWN, Caller.PUBLIC).openTo(READING);
  }

  private static Route file(String path) {
    return row(path, Kind.FILE, Caller.ANYONE).undescribed();
  }

  private static Counting counting(Kind kind) {
    return kind == Kind.API ? Counting.EACH : Counting.BY_ENDPOINT;
  }

  private static Route row(String path, Kind kind, Caller caller) {
    return new Route(
        path, false, kind, caller, Body.JSON, Optional.empty(), true, counting(kind), true);
  }
}
