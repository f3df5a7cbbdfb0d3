package dev.signet.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The description of this API, written by the build from the code. */
@Path("openapi")
@ApplicationScoped
public class OpenApiResource {
  private final byte[] json = read("openapi.json");
  private final byte[] yaml = read("openapi.yaml");

  /** Shows it as JSON. */
  @GET
  @Operation(hidden = true)
  @Produces(MediaType.APPLICATION_JSON)
  public byte[] json() {
    return json.clone();
  }

  /** Shows it as YAML (RFC 9512). */
  @GET
  @Operation(hidden = true)
  @Produces("application/yaml")
  public byte[] yaml() {
    return yaml.clone();
  }

  private static byte[] read(String name) {
    try (InputStream in = OpenApiResource.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
