package dev.signet.base.settings.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,10.255.255.255,true",
    "10.0.0.0/8,11.0.0.0,false",
    "192.0.2.1,192.0.2.1,true",
    "192.0.2.1,192.0.2.2,false",
    "0.0.0.0/0,203.0.113.5,true",
    "2001:db8::/33,2001:db8:7fff::1,true",
    "2001:db8::/33,2001:db8:8000::1,false",
    "0.0.0.0/0,2001:db8::1,false",
  })
  void networkContainsItsAddressesOnly(String network, String address, boolean inside) {
    assertEquals(inside, Network.parse(network).contains(Network.address(address).orElseThrow()));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,10.1.0.0/16,true",
    "10.1.0.0/16,10.0.0.0/8,true",
    "2001:db8::/64,2001:db8::7,true",
    "10.1.0.0/16,10.2.0.0/16,false",
    "192.0.2.1,192.0.2.1,true",
    "0.0.0.0/0,2001:db8::/32,false",
  })
  void networksOverlapWhenOneIsInTheOther(String one, String other, boolean overlap) {
    assertEquals(overlap, Network.parse(one).overlaps(Network.parse(other)));
  }

  @Test
  void bitsAfterThePrefixDoNotCount() {
    assertEquals(Network.parse("10.0.0.0/8"), Network.parse("10.1.2.3/8"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129", "beef"})
  void whatIsNoNetworkIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Network.parse(text));
  }

  @Test
  void namesAreNeverLookedUp() {
    assertTrue(Network.address("localhost").isEmpty());
    assertTrue(Network.address("dead.beef").isEmpty());
    assertFalse(Network.address("::1").isEmpty());
  }
}
