package dev.signet.domain.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signet.base.settings.OutboundSettings;
import dev.signet.base.settings.value.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {
  private static final OutboundSettings NOTHING = new OutboundSettings(Set.of(), List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "::ffff:a9fe:a9fe",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void internalAddressesAreRefused(String address) {
    assertRefused(NOTHING, "https://keys.example.org/", address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1", "2a00:1450::1"})
  void publicAddressesAreAdmittedByHttpsOnly(String address) throws IOException {
    assertEquals(
        List.of(InetAddress.getByName(address)),
        admit(NOTHING, "https://keys.example.org/", address));
    assertRefused(NOTHING, "http://keys.example.org/", address);
  }

  @Test
  void oneInternalAddressAmongOthersIsRefused() {
    assertRefused(NOTHING, "https://keys.example.org/", "8.8.8.8", "10.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://example.org/", "file:///etc/passwd", "https:///x", "keys"})
  void whatIsNotOnTheWebIsRefused(String uri) {
    assertRefused(NOTHING, uri, "8.8.8.8");
  }

  /** The system's resolver reads these as addresses, whatever they look like. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/"
      })
  void addressesInDisguiseAreRefused(String uri) {
    assertThrows(
        IOException.class,
        () -> new Destinations(NOTHING, InetAddress::getAllByName).admit(URI.create(uri)));
  }

  @Test
  void whatTheOperatorListsIsAdmittedAlsoWithoutHttps() throws IOException {
    OutboundSettings listed =
        new OutboundSettings(Set.of("keys.intern"), List.of(Network.parse("10.0.0.0/8")));

    assertEquals(1, admit(listed, "http://Keys.Intern/", "192.168.1.1").size());
    assertEquals(1, admit(listed, "http://other.intern/", "10.0.0.1").size());
    assertRefused(listed, "https://other.intern/", "192.168.1.1");
    assertRefused(listed, "https://x.keys.intern/", "192.168.1.1");
    assertRefused(listed, "https://other.intern/", "10.0.0.1", "192.168.1.1");
  }

  private static List<InetAddress> admit(OutboundSettings settings, String uri, String... has)
      throws IOException {
    return new Destinations(settings, host -> addresses(has)).admit(URI.create(uri));
  }

  private static void assertRefused(OutboundSettings settings, String uri, String... has) {
    assertThrows(RefusedDestination.class, () -> admit(settings, uri, has));
  }

  private static InetAddress[] addresses(String... texts) {
    return Arrays.stream(texts)
        .map(text -> Network.address(text).orElseThrow())
        .toArray(InetAddress[]::new);
  }
}
