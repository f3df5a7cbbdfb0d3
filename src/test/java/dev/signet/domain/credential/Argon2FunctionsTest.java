package dev.signet.domain.credential;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.password4j.Argon2Function;
import org.junit.jupiter.api.Test;

class Argon2FunctionsTest {
  private final Argon2Functions functions = new Argon2Functions(300);

  @Test
  void functionIsMadeOnce() {
    HashParameters parameters = new HashParameters(101, 1, 1, 32);

    assertSame(functions.of(parameters), functions.of(parameters));
  }

  /** Each keeps its working memory; hashes from an import may each have their own parameters. */
  @Test
  void functionsThatDoNotFitAreForgotten() {
    Argon2Function first = functions.of(new HashParameters(102, 1, 1, 32));
    Argon2Function second = functions.of(new HashParameters(103, 1, 1, 32));
    assertSame(first, functions.of(new HashParameters(102, 1, 1, 32)));

    functions.of(new HashParameters(104, 1, 1, 32));

    assertNotSame(first, functions.of(new HashParameters(102, 1, 1, 32)));
    assertNotSame(second, functions.of(new HashParameters(103, 1, 1, 32)));
  }
}
