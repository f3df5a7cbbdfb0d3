package dev.signet.endpoint.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The API description, which the build generates from the code. */
@Path("openapi")
@ApplicationScoped
public class OpenApiResource {
  private static final MediaType YAML = new MediaType("application", "yaml");

  private final byte[] json = read("openapi.json");
  private final byte[] yaml = read("openapi.yaml");

  /** Returns it as JSON, or as YAML (RFC 9512) if the client requests that. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, "application/yaml"})
  @Operation(hidden = true)
  public Response show(@Context HttpHeaders headers) {
    MediaType wanted = headers.getAcceptableMediaTypes().get(0);
    boolean asYaml =
        YAML.isCompatible(wanted) && !MediaType.APPLICATION_JSON_TYPE.isCompatible(wanted);
    return Response.ok(asYaml ? yaml : json, asYaml ? YAML : MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  private static byte[] read(String name) {
    try (InputStream in = OpenApiResource.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
