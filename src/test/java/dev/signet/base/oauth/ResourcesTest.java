package dev.signet.base.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResourcesTest {
  private static final List<String> OFFERED =
      List.of("https://mcp.example.org", "https://files.example.org/", "https://h/mcp", "urn:x");

  @Test
  void addressWithAndWithoutTheSlashOfTheRootIsOneResource() {
    assertEquals(
        Optional.of(List.of("https://mcp.example.org", "https://files.example.org/")),
        Resources.pick(
            List.of(
                "https://mcp.example.org/", "https://mcp.example.org", "https://files.example.org"),
            OFFERED));
    assertTrue(Resources.meet(List.of("https://mcp.example.org/"), OFFERED));
  }

  @Test
  void anyOtherDifferenceIsAnotherResource() {
    for (String other :
        List.of(
            "https://h/mcp/",
            "https://mcp.example.org//",
            "https://mcp.example.org/?",
            "https://mcp.example.org:443",
            "http://mcp.example.org",
            "https://mcp.example.org.evil.example",
            "urn:x/",
            "https:///",
            "")) {
      assertEquals(Optional.empty(), Resources.pick(List.of("urn:x", other), OFFERED), other);
      assertFalse(Resources.meet(List.of(other), OFFERED), other);
    }
  }

  @Test
  void nothingIsAlwaysOffered() {
    assertEquals(Optional.of(List.of()), Resources.pick(List.of(), List.of()));
    assertFalse(Resources.meet(List.of(), OFFERED));
  }
}
