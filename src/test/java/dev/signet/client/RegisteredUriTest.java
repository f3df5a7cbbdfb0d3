package dev.signet.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisteredUriTest {
  @ParameterizedTest
  @CsvSource({
    "https://a.example/cb, https://a.example/cb, true",
    "https://a.example/cb, https://a.example/cb/, false",
    "https://a.example/cb, https://a.example:443/cb, false",
    "http://127.0.0.1/cb, http://127.0.0.1:51004/cb, true",
    "http://127.0.0.1:8000/cb?a=1, http://127.0.0.1/cb?a=1, true",
    "http://127.0.0.1, http://127.0.0.1:51004, true",
    "http://[::1]/cb, http://[::1]:51004/cb, true",
    "http://[::1]/cb, http://127.0.0.1:51004/cb, false",
    "http://127.0.0.1/cb, http://127.0.0.1:51004/cb?more, false",
    "http://127.0.0.1/cb, http://127.0.0.1:/cb, false",
    "http://127.0.0.1/cb, http://127.0.0.1:5100x/cb, false",
    "http://127.0.0.1/cb, http://127.0.0.1:80@evil.example/cb, false",
    "http://127.0.0.1, http://127.0.0.1.evil.example, false",
    "http://127.0.0.1/cb, HTTP://127.0.0.1:51004/cb, false",
    "https://127.0.0.1/cb, https://127.0.0.1:51004/cb, false",
    "http://localhost/cb, http://localhost:51004/cb, false"
  })
  void onlyThePortOfALoopbackAddressMayDiffer(String registered, String asked, boolean same) {
    assertEquals(same, RegisteredUri.isSame(registered, asked));
  }
}
