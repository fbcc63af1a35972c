package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingHandlersTest {
  private static final String ERROR =
      "/shop/src/main/java/pets/Handlers.java:[9,7] pets.Handlers is not abstract and does not override abstract method"
          + " feedPet() in pets.api.PetsApi";

  @TempDir Path directory;

  @Test
  void an_error_is_told_with_the_place_in_the_document() throws IOException {
    Path shop = directory.resolve("shop");
    LauncherBench.write(
        shop.resolve("target/generated-sources/brrtrouter/pets/api/PetsApi.java"),
        """
        public interface PetsApi {
          /// `GET /pets`, `pets.yaml:9`.
          ListPetsHandler listPets();

          /// Feeds.
          ///
          /// `POST /pets/{petId}/feed`, `pets.yaml:30`.
          FeedPetHandler feedPet();
        }
        """);

    assertThat(MissingHandlers.explain(List.of("another error", ERROR), shop, directory))
        .containsExactly(
            "nobody handles feedPet (POST /pets/{petId}/feed, pets.yaml:30); \"brrt stubs shop\" writes a class for it and"
                + " says what to add");
  }

  @Test
  void without_it_where_the_code_was_generated_elsewhere() throws IOException {
    assertThat(MissingHandlers.explain(List.of(ERROR), directory.resolve("shop"), directory))
        .containsExactly(
            "nobody handles feedPet; \"brrt stubs shop\" writes a class for it and says what to add");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "/work/shop, /work/shop, .",
        "/work/shop, /work, shop",
        "/work/my/shop, /work, my/shop",
        "/work/shop, /home, /work/shop",
        "/work/-shop, /work, ./-shop",
        "/work/Ann's shop, /work, 'Ann'\\''s shop'",
      })
  void the_command_works_from_where_it_is_read(Path project, Path here, String argument)
      throws IOException {
    assertThat(MissingHandlers.explain(List.of(ERROR), project, here))
        .containsExactly(
            "nobody handles feedPet; \"brrt stubs "
                + argument
                + "\" writes a class for it and says what to add");
  }
}
