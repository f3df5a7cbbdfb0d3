package dev.signet.endpoint.discovery;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;

/** The userinfo response (OpenID Connect Core 1.0, section 5.3.2). */
record Userinfo(@JsonValue Map<String, Object> claims) {
  @Override
  public String toString() {
    return "Userinfo[]";
  }
}
