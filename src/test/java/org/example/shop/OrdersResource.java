package org.example.shop;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.Form;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Calls the stock service on behalf of the caller, with a token that is only valid there. */
@Path("orders")
@RequestScoped
public class OrdersResource {
  @Inject private JsonWebToken caller;

  @Inject
  @ConfigProperty(name = "token.endpoint")
  private String tokenEndpoint;

  @Inject
  @ConfigProperty(name = "client.id")
  private String clientId;

  @Inject
  @ConfigProperty(name = "client.secret")
  private String secret;

  @Inject
  @ConfigProperty(name = "stock.url")
  private String stock;

  @GET
  @RolesAllowed("user")
  public String list() {
    Client http = ClientBuilder.newClient();
    try {
      return "orders with "
          + http.target(stock)
              .path("levels")
              .request()
              .header("Authorization", "Bearer " + exchanged(http))
              .get(String.class);
    } finally {
      http.close();
    }
  }

  /** RFC 8693. */
  private String exchanged(Client http) {
    Form form =
        new Form("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
            .param("subject_token", caller.getRawToken())
            .param("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
            .param("audience", "https://stock.example.org");
    String basic =
        Base64.getEncoder()
            .encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
    return http.target(tokenEndpoint)
        .request()
        .header("Authorization", "Basic " + basic)
        .post(Entity.form(form), JsonObject.class)
        .getString("access_token");
  }
}
