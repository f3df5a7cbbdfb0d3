package dev.signet.base.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.base.settings.Settings;
import dev.signet.base.settings.value.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {
  private static final String PROXY = "10.0.0.7";

  @Test
  void peerThatIsNoTrustedProxyIsTheSourceWhateverItClaims() {
    assertEquals(new Source("198.51.100.9"), of("198.51.100.9", "192.0.2.1"));
  }

  @Test
  void sourceIsInANetworkThatSharesAnAddressWithIt() {
    List<Network> networks = List.of(Network.parse("10.0.0.0/8"), Network.parse("2001:db8::7"));

    assertTrue(new Source("10.1.2.3").isIn(networks));
    assertTrue(new Source("2001:db8:0:0:0:0:0:0/64").isIn(networks));
    assertFalse(new Source("11.1.2.3").isIn(networks));
    assertFalse(new Source("11.1.2.3").isIn(List.of()));
    assertFalse(of("nonsense", "").isIn(List.of(Network.parse("0.0.0.0/0"))));
  }

  @Test
  void trustedProxyTellsTheSource() {
    assertEquals(new Source("192.0.2.1"), of(PROXY, "192.0.2.1"));
  }

  @Test
  void whatAClientPutInFrontOfTheProxysWordDoesNotCount() {
    assertEquals(new Source("192.0.2.1"), of(PROXY, "203.0.113.5, 192.0.2.1"));
    assertEquals(new Source("192.0.2.1"), of(PROXY, "10.0.0.1, 192.0.2.1"));
  }

  @Test
  void chainOfTrustedProxiesIsFollowedFromItsEnd() {
    assertEquals(new Source("192.0.2.1"), of(PROXY, "203.0.113.5, 192.0.2.1, 10.0.0.9"));
  }

  @Test
  void severalHeadersAreOneList() {
    Sources sources = sources("x-forwarded-for");

    assertEquals(
        new Source("192.0.2.1"),
        sources.of(PROXY, List.of("203.0.113.5", "192.0.2.1", "10.0.0.9")));
  }

  @Test
  void proxyWithoutTheHeaderIsTheSourceItself() {
    assertEquals(new Source("10.0.0.7"), sources("x-forwarded-for").of(PROXY, List.of()));
  }

  @Test
  void chainOfNothingButTrustedProxiesEndsAtItsStart() {
    assertEquals(new Source("10.0.0.1"), of(PROXY, "10.0.0.1, 10.0.0.2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2001:db8::1", "2001:db8:0:0:ffff::2", "[2001:db8::3]:4711", "2001:DB8::4"})
  void addressesOfOneIpv6NetworkAreOneSource(String address) {
    assertEquals(new Source("2001:db8:0:0:0:0:0:0/64"), of(PROXY, address));
  }

  @Test
  void ipv4AddressMappedToIpv6IsTheIpv4Address() {
    assertEquals(new Source("192.0.2.1"), of(PROXY, "::ffff:192.0.2.1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=192.0.2.1|192.0.2.1",
        "For=\"192.0.2.1:4711\";proto=https|192.0.2.1",
        "proto=https;for=\"[2001:db8::1]:80\"|2001:db8:0:0:0:0:0:0/64",
        "for=203.0.113.5, for=192.0.2.1;by=10.0.0.7|192.0.2.1",
      })
  void forwardedIsReadAsRfc7239HasIt(String header, String expected) {
    assertEquals(new Source(expected), sources("forwarded").of(PROXY, List.of(header)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "_hidden", "", "localhost", "1.2.3", "1.2.3.999", "::g"})
  void whatIsNoAddressIsASourceOfItsOwn(String hop) {
    Source source = of(PROXY, hop);

    assertNotEquals(of(PROXY, hop + "x"), source);
    assertNotEquals(new Source("10.0.0.7"), source);
  }

  @Test
  void longListCostsNoMoreThanAShortOne() {
    String header = "192.0.2.1, ".repeat(100_000) + "10.0.0.9";

    assertEquals(new Source("192.0.2.1"), of(PROXY, header));
  }

  private static Source of(String peer, String header) {
    return sources("x-forwarded-for").of(peer, List.of(header));
  }

  private static Sources sources(String header) {
    Map<String, String> values =
        Map.of("signet.proxies.trusted", "10.0.0.0/8, fd00::/8", "signet.proxies.header", header);
    return new Sources(Settings.read(key -> Optional.ofNullable(values.get(key))).sources());
  }
}
