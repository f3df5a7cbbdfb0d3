package dev.signet.endpoint.authorize;

import dev.signet.base.oauth.Acr;
import dev.signet.base.oauth.Scope;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.Settings.FreshSettings;
import dev.signet.base.settings.value.Limit;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.ClientDirectory;
import dev.signet.domain.code.DeviceCodes;
import dev.signet.domain.code.DeviceRequest;
import dev.signet.domain.code.UserCode;
import dev.signet.domain.guard.Guard;
import dev.signet.domain.session.BrowserSession;
import dev.signet.domain.session.BrowserSessions;
import dev.signet.domain.session.Granted;
import dev.signet.web.body.Form;
import dev.signet.web.browser.BrowserCookie;
import dev.signet.web.browser.Visit;
import dev.signet.web.limit.Limited;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The device verification pages (RFC 8628, section 3.3): a login, the code that the device
 * displays, and the consent. The consent is required even if the URL contains the code, because an
 * attacker may have sent that URL (section 5.4). Wrong codes count as failed attempts of their
 * source.
 */
@Path("device")
@Tag(name = "OAuth")
@ApplicationScoped
public class DeviceEndpoint {
  @Inject private BrowserCookie cookie;
  @Inject private BrowserSessions sessions;
  @Inject private SignIn signIn;
  @Inject private FirstPassword firstPassword;
  @Inject private DevicePages pages;
  @Inject private DeviceCodes codes;
  @Inject private ClientDirectory clients;
  @Inject private Guard guard;
  @Inject private AuditLog audit;
  @Inject private Clock clock;
  @Inject private FreshSettings fresh;

  /** Shows the form for the code, after a login. */
  @GET
  @Limited(Limit.AUTHORIZE_SOURCE)
  @Operation(
      summary = "Show the device verification page",
      description =
          "For browsers: the verification_uri that a device displays together with its"
              + " user_code.")
  @APIResponse(responseCode = "200", description = "A page: login, or the form for the code")
  public Response show(
      @QueryParam(DevicePages.CODE) String typed, @Context HttpServletRequest http) {
    return pages.askForCode(
        Visit.of(http, cookie, sessions), Objects.requireNonNullElse(typed, ""));
  }

  /** Logs the user in, and shows the form for the code. */
  @POST
  @Path(DevicePages.LOGIN)
  @Limited(Limit.LOGIN_SOURCE)
  @Operation(hidden = true)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response logIn(Form form, @Context HttpServletRequest http) {
    Visit before = checked(http, DevicePages.LOGIN, form);
    String typed = form.text(DevicePages.CODE).orElse("");
    SignIn.Outcome outcome = signIn.take(form, before);
    return outcome
        .visit()
        .map(after -> pages.askForCode(after, typed))
        .orElseGet(() -> pages.showLogin(before, typed, outcome));
  }

  /** Replaces a one-time password, and shows the form for the code. */
  @POST
  @Path(DevicePages.PASSWORD)
  @Limited(Limit.LOGIN_SOURCE)
  @Operation(hidden = true)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response replacePassword(Form form, @Context HttpServletRequest http) {
    Visit before = checked(http, DevicePages.PASSWORD, form);
    String typed = form.text(DevicePages.CODE).orElse("");
    Optional<BrowserSession> session = before.session();
    Optional<String> fault = session.flatMap(one -> firstPassword.replace(form, one));
    return fault.isPresent()
        ? pages.showPassword(before, typed, session.get(), fault)
        : pages.askForCode(checked(http, DevicePages.PASSWORD, form), typed);
  }

  /** Processes the code, and asks for consent. */
  @POST
  @Limited(Limit.AUTHORIZE_SOURCE)
  @Operation(hidden = true)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response enter(Form form, @Context HttpServletRequest http) {
    Visit visit = checked(http, DevicePages.ENTRY, form);
    String typed = form.text(DevicePages.CODE).orElse("");
    if (DevicePages.maySee(visit).isEmpty()) {
      return pages.askForCode(visit, typed);
    }
    guard.admit();
    Optional<UserCode> code = UserCode.parse(typed);
    Optional<Asking> asking = code.flatMap(this::find);
    if (asking.isEmpty()) {
      if (code.filter(codes::isKnown).isEmpty()) {
        guard.failed();
      }
      return pages.wrongCode(visit, typed);
    }
    return pages.showQuestion(visit, code.get(), asking.get().request(), asking.get().client());
  }

  /** Processes the decision. */
  @POST
  @Path(DevicePages.DECISION)
  @Limited(Limit.AUTHORIZE_SOURCE)
  @Operation(hidden = true)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response decide(Form form, @Context HttpServletRequest http) {
    String typed = form.required(DevicePages.CODE);
    Visit visit = checked(http, DevicePages.decisionOn(typed), form);
    Optional<BrowserSession> session = DevicePages.maySee(visit);
    if (session.isEmpty()) {
      return pages.askForCode(visit, typed);
    }
    boolean allowed = form.required("decision").equals("allow");
    Optional<UserCode> code = UserCode.parse(typed);
    boolean decided =
        code.isPresent()
            && (allowed ? allow(code.get(), session.get()) : deny(code.get(), session.get()));
    if (!decided) {
      return pages.wrongCode(visit, typed);
    }
    return pages.done(visit, allowed ? "device.done" : "device.denied");
  }

  /** The request of a device, limited to the current registration of its client. */
  private record Asking(Client client, DeviceRequest request) {}

  /** Finds the request of a device; empty if its client is no longer registered for any of it. */
  private Optional<Asking> find(UserCode code) {
    return codes
        .find(code)
        .flatMap(request -> clients.find(request.clientId()).flatMap(c -> limited(c, request)));
  }

  private static Optional<Asking> limited(Client client, DeviceRequest request) {
    Scope scope = client.permitted(request.scope());
    return scope.names().isEmpty() && !request.scope().names().isEmpty()
        ? Optional.empty()
        : Optional.of(new Asking(client, request.narrowedTo(scope)));
  }

  private boolean allow(UserCode code, BrowserSession session) {
    Optional<Asking> asking = find(code);
    if (asking.isEmpty()) {
      return false;
    }
    DeviceRequest request = asking.get().request();
    Granted granted =
        new Granted(
            request.scope(),
            request.audience(),
            session.authenticatedAt(),
            Optional.of(Acr.of(session.authenticatedAt(), clock.instant(), fresh.maxAge()).text()),
            Authorization.BY_PASSWORD,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            asking.map(Asking::client).map(Client::sector));
    return codes.grant(code, session.user().id(), granted, Optional.of(session.id()));
  }

  private boolean deny(UserCode code, BrowserSession session) {
    Optional<DeviceRequest> found = codes.find(code);
    String user = session.user().id();
    boolean decided = found.isPresent() && codes.deny(code, user);
    if (decided) {
      audit.record(
          SecurityEvent.of(EventType.CONSENT_DENIED).subject(user).client(found.get().clientId()));
    }
    return decided;
  }

  private Visit checked(HttpServletRequest http, String form, Form fields) {
    OpaqueToken shown = cookie.check(http, form, fields.text(RequestForms.CSRF));
    return new Visit(http, shown, false, sessions.find(shown.value()), false);
  }
}
