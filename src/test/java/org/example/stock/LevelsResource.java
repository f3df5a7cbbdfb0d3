package org.example.stock;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Says who asks, and by whom. */
@Path("levels")
@RequestScoped
public class LevelsResource {
  @Inject private JsonWebToken caller;

  @GET
  @RolesAllowed({"user", "reporter"})
  public String show() {
    JsonObject actor = caller.getClaim("act");
    String through = actor == null ? "" : " through " + actor.getString("sub");
    return "levels for " + caller.getName() + through;
  }

  @GET
  @Path("secret")
  @RolesAllowed("admin")
  public String secret() {
    return "for administrators";
  }
}
