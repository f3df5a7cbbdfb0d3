package dev.signet.base.settings.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {
  private final Placeholders placeholders =
      new Placeholders(
          name -> Optional.ofNullable(Map.of("HOST", "db.example", "COST", "$1 \\").get(name)));

  @Test
  void placeholdersAreFilledWithWhatIsSet() {
    assertEquals("https://db.example/x", placeholders.fill("https://${HOST}/x"));
    assertEquals("db.example db.example", placeholders.fill("${HOST} ${HOST:other}"));
    assertEquals("$1 \\", placeholders.fill("${COST}"));
  }

  @Test
  void whatIsNotSetIsWhatFollowsTheColon() {
    assertEquals("https://local:80/", placeholders.fill("https://${NAME:local:80}/"));
    assertEquals("", placeholders.fill("${NAME:}"));
  }

  @Test
  void whatIsNotSetAtAllIsNamed() {
    assertEquals(
        "NAME",
        assertThrows(IllegalArgumentException.class, () -> placeholders.fill("a ${NAME} b"))
            .getMessage());
  }

  @Test
  void otherTextStaysAsItIs() {
    for (String text : new String[] {"", "$HOST", "${}", "${a b}", "$argon2id$v=19$m=1"}) {
      assertEquals(text, placeholders.fill(text));
    }
  }
}
