package dev.signet.endpoint.authorize;

import dev.signet.base.oauth.Acr;
import dev.signet.base.oauth.OAuthError;
import dev.signet.base.oauth.OAuthException;
import dev.signet.base.route.Routes;
import dev.signet.base.secret.OpaqueToken;
import dev.signet.base.settings.Settings.FreshSettings;
import dev.signet.base.wiring.Shared;
import dev.signet.domain.audit.AuditLog;
import dev.signet.domain.audit.EventType;
import dev.signet.domain.audit.SecurityEvent;
import dev.signet.domain.client.Client;
import dev.signet.domain.client.ClientDirectory;
import dev.signet.domain.client.Subjects;
import dev.signet.domain.code.AuthorizationCodes;
import dev.signet.domain.code.CodeGrant;
import dev.signet.domain.consent.Consents;
import dev.signet.domain.session.BrowserSession;
import dev.signet.domain.session.Granted;
import dev.signet.web.body.Form;
import dev.signet.web.browser.BrowserCookie;
import dev.signet.web.browser.Visit;
import dev.signet.web.page.ConsentPage;
import dev.signet.web.page.Frame;
import dev.signet.web.page.Hidden;
import dev.signet.web.page.LoginPage;
import dev.signet.web.page.Pages;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides the next step of an authorization request: a login, a consent, or a code. The decision
 * starts anew at each step, because the forms repeat the request and no other state is kept.
 */
@Shared
class Authorization {
  /** The paths of the forms, which also name their purposes. */
  static final String LOGIN = "login";

  static final String CONSENT = "consent";
  static final String PASSWORD = "password";

  /** RFC 8176, section 2. */
  static final List<String> BY_PASSWORD = List.of("pwd");

  private final AuthorizationRequests requests;
  private final ClientDirectory clients;
  private final Answers answers;
  private final RefusedRequests refused;
  private final Pages pages;
  private final BrowserCookie cookie;
  private final RequestForms forms;
  private final Consents consents;
  private final Subjects subjects;
  private final AuthorizationCodes codes;
  private final AuditLog audit;
  private final Clock clock;
  private final Duration fresh;

  @Inject
  Authorization(
      AuthorizationRequests requests,
      ClientDirectory clients,
      Answers answers,
      RefusedRequests refused,
      Pages pages,
      BrowserCookie cookie,
      RequestForms forms,
      Consents consents,
      Subjects subjects,
      AuthorizationCodes codes,
      AuditLog audit,
      Clock clock,
      FreshSettings settings) {
    this.requests = requests;
    this.clients = clients;
    this.answers = answers;
    this.refused = refused;
    this.pages = pages;
    this.cookie = cookie;
    this.forms = forms;
    this.consents = consents;
    this.subjects = subjects;
    this.codes = codes;
    this.audit = audit;
    this.clock = clock;
    fresh = settings.maxAge();
  }

  /** A step to take with a valid request. */
  interface Step {
    /**
     * Takes the step.
     *
     * @throws OAuthException for the client
     */
    Response take(AuthorizationRequest request);
  }

  /**
   * Reads a request and takes a step. Errors are returned to the client if the redirect URI is
   * valid; otherwise an error page is shown.
   */
  Response answer(String query, Visit visit, Step step) {
    Form parameters;
    ReturnAddress to;
    try {
      parameters = requests.parameters(query, visit.secret());
      to = requests.address(parameters);
    } catch (OAuthException e) {
      return refused.page(e, query, visit.http()).build();
    }
    try {
      return step.take(requests.read(to, parameters, query));
    } catch (OAuthException e) {
      return complete(answers.error(to, e, visit.http()), visit);
    }
  }

  /**
   * Shows the next page, or gives the client a code.
   *
   * @throws OAuthException for the client
   */
  Response proceed(AuthorizationRequest request, Visit visit) {
    Optional<BrowserSession> browser = loggedIn(request, visit);
    if (browser.isEmpty()) {
      refuseIfSilent(request, OAuthError.LOGIN_REQUIRED, "No user session satisfies this request.");
      return showLogin(request, visit, 200, request.loginHint().orElse(""), Optional.empty());
    }
    if (browser.get().user().passwordChangeRequired()) {
      refuseIfSilent(request, OAuthError.INTERACTION_REQUIRED, "User interaction is required.");
      return showPassword(request, visit, browser.get(), 200, Optional.empty());
    }
    if (request.prompts(Prompt.CONSENT) || !hasAgreed(request, browser.get())) {
      refuseIfSilent(
          request, OAuthError.CONSENT_REQUIRED, "The user has not consented to this request.");
      return showConsent(request, visit, browser.get());
    }
    return issue(request, visit, browser.get());
  }

  /**
   * Continues after the user's decision.
   *
   * @throws OAuthException for the client
   */
  Response decided(AuthorizationRequest request, Visit visit, boolean allowed) {
    Optional<BrowserSession> browser =
        loggedIn(request, visit).filter(session -> !session.user().passwordChangeRequired());
    if (browser.isEmpty()) {
      return proceed(request, visit);
    }
    String user = browser.get().user().id();
    String client = request.client().id();
    if (!allowed) {
      audit.record(SecurityEvent.of(EventType.CONSENT_DENIED).subject(user).client(client));
      throw denied();
    }
    clients.keep(request.client());
    consents.agree(user, client, request.consentScope());
    return issue(request, visit, browser.get());
  }

  static OAuthException denied() {
    return new OAuthException(OAuthError.ACCESS_DENIED, "The user denied the request.");
  }

  /** Asks for a password. */
  Response showLogin(
      AuthorizationRequest request,
      Visit visit,
      int status,
      String username,
      Optional<String> fault) {
    Frame frame = pages.frame(visit.http(), request.uiLocales());
    return complete(
        pages.answer(
            status,
            new LoginPage(
                frame,
                Routes.LOGIN_PAGE.path(),
                fields(LOGIN, request, visit),
                Optional.of(request.client().name()),
                username,
                fault.map(frame::text))),
        visit);
  }

  /** Asks for a new password in place of a one-time password. */
  Response showPassword(
      AuthorizationRequest request,
      Visit visit,
      BrowserSession browser,
      int status,
      Optional<String> fault) {
    return complete(
        pages.answer(
            status,
            FirstPassword.page(
                pages.frame(visit.http(), request.uiLocales()),
                Routes.PASSWORD_PAGE.path(),
                fields(PASSWORD, request, visit),
                browser,
                fault)),
        visit);
  }

  private Response showConsent(AuthorizationRequest request, Visit visit, BrowserSession browser) {
    Client client = request.client();
    Frame frame = pages.frame(visit.http(), request.uiLocales());
    return complete(
        pages.answer(
            200,
            new ConsentPage(
                frame,
                Routes.CONSENT_PAGE.path(),
                fields(CONSENT, request, visit),
                client.name(),
                notes(request.to(), frame),
                browser.user().username(),
                List.copyOf(request.consentScope().names()),
                Optional.ofNullable(client.metadata().clientUri()),
                Optional.ofNullable(client.metadata().tosUri()),
                Optional.ofNullable(client.metadata().policyUri()))),
        visit);
  }

  /** Returns the hidden fields of a form, and assigns its request to this browser. */
  private List<Hidden> fields(String form, AuthorizationRequest request, Visit visit) {
    requests.keep(request, visit.secret());
    return forms.fields(form, request, visit);
  }

  /**
   * Returns notes on the identity of the client and the destination of the redirect. A client with
   * a metadata document can have any name, and any other program on the device can impersonate a
   * native client (draft-ietf-oauth-client-id-metadata-document, section 8.4; RFC 8252, section
   * 8.6).
   */
  private static List<String> notes(ReturnAddress to, Frame frame) {
    URI uri = URI.create(to.uri());
    boolean isSite = "https".equals(uri.getScheme());
    List<String> notes = new ArrayList<>();
    to.client().host().ifPresent(host -> notes.add(frame.text("consent.document", host)));
    notes.add(isSite ? frame.text("consent.site", uri.getHost()) : frame.text("consent.here"));
    if (to.client().hasDocument() && !isSite) {
      notes.add(frame.text("consent.local"));
    }
    return notes;
  }

  private Response issue(AuthorizationRequest request, Visit visit, BrowserSession browser) {
    audit.admit();
    clients.keep(request.client());
    requests.use(request, visit.secret());
    Granted granted =
        new Granted(
            request.scope(),
            request.audience(),
            browser.authenticatedAt(),
            Optional.of(Acr.of(browser.authenticatedAt(), clock.instant(), fresh).text()),
            BY_PASSWORD,
            request.nonce(),
            request.claims(),
            request.dpopKey(),
            !request.client().metadata().requireConsent() && !request.prompts(Prompt.CONSENT),
            Optional.of(request.client().sector()));
    OpaqueToken code =
        codes.issue(
            new CodeGrant(
                request.client(), browser, granted, request.to().uri(), request.codeChallenge()));
    audit.record(
        SecurityEvent.of(EventType.CODE_ISSUED)
            .subject(browser.user().id())
            .client(request.client().id()));
    return complete(answers.code(request.to(), code, visit.http()), visit);
  }

  /** Returns the session if it satisfies the request. */
  private Optional<BrowserSession> loggedIn(AuthorizationRequest request, Visit visit) {
    Optional<BrowserSession> session = visit.session();
    if (!visit.loggedInForThis()) {
      return session.filter(s -> isRecent(request, s) && isSubject(request, s));
    }
    if (session.filter(s -> !isSubject(request, s)).isPresent()) {
      throw new OAuthException(
          OAuthError.LOGIN_REQUIRED, "A different user logged in than the one requested.");
    }
    return session.filter(s -> reaches(request, s));
  }

  private boolean isRecent(AuthorizationRequest request, BrowserSession session) {
    boolean again = request.prompts(Prompt.LOGIN) || request.prompts(Prompt.SELECT_ACCOUNT);
    Instant now = clock.instant();
    Instant since = session.authenticatedAt();
    return !again
        && request.maxAge().filter(age -> since.plus(age).isBefore(now)).isEmpty()
        && reaches(request, session);
  }

  /** Whether the login still has the requested level, which the code states. */
  private boolean reaches(AuthorizationRequest request, BrowserSession session) {
    Acr reached = Acr.of(session.authenticatedAt(), clock.instant(), fresh);
    return request.acr().filter(asked -> !reached.reaches(asked)).isEmpty();
  }

  private boolean isSubject(AuthorizationRequest request, BrowserSession session) {
    String subject = subjects.of(request.client(), session.user().id());
    return request.subjects().isEmpty() || request.subjects().contains(subject);
  }

  private boolean hasAgreed(AuthorizationRequest request, BrowserSession session) {
    return !request.client().metadata().requireConsent()
        || (isAssured(request)
            && consents
                .agreed(session.user().id(), request.client().id())
                .filter(request.consentScope()::isWithin)
                .isPresent());
  }

  /**
   * Whether the redirect URI ensures the identity of the client: any app may use another one's
   * scheme or port (RFC 8252, section 8.6).
   */
  private static boolean isAssured(AuthorizationRequest request) {
    return !request.client().metadata().isPublic() || request.to().uri().startsWith("https:");
  }

  private static void refuseIfSilent(
      AuthorizationRequest request, OAuthError error, String description) {
    if (request.prompts(Prompt.NONE)) {
      throw new OAuthException(error, description);
    }
  }

  private Response complete(Response.ResponseBuilder answer, Visit visit) {
    return (visit.isNew() ? cookie.set(answer, visit.secret()) : answer).build();
  }
}
