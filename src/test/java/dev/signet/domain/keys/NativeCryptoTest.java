package dev.signet.domain.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NativeCryptoTest {
  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64"})
  void secondDeploymentInTheSameJvmUsesThatOfTheFirst() throws Exception {
    Provider first = NativeCrypto.provider().orElseThrow();
    Provider second = NativeCrypto.load("linux-x86_64").orElseThrow();

    assertSame(first.getClass(), second.getClass());
    for (Provider provider : List.of(first, second)) {
      KeyPair pair = KeyPairGenerator.getInstance("EC", provider).generateKeyPair();
      Signature signature = Signature.getInstance("SHA256withECDSA", provider);
      signature.initSign(pair.getPrivate());
      byte[] signed = signature.sign();
      signature.initVerify(pair.getPublic());
      assertTrue(signature.verify(signed));
    }
  }

  @Test
  void otherPlatformsAreLeftToTheJdk() {
    assertEquals(Optional.empty(), NativeCrypto.load("plan9-pdp11"));
  }

  @Test
  void restOfTheServerKeepsItsProviders() {
    NativeCrypto.provider();

    assertTrue(
        Arrays.stream(Security.getProviders())
            .noneMatch(provider -> provider.getName().contains("Corretto")));
  }
}
