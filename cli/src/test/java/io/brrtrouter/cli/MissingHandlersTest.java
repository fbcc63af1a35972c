package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    assertThat(MissingHandlers.explain(List.of("another error", ERROR), shop))
        .containsExactly(
            "nobody handles feedPet (POST /pets/{petId}/feed, pets.yaml:30); \"brrt stubs shop\" writes a class for it and"
                + " says what to add");
  }

  @Test
  void without_it_where_the_code_was_generated_elsewhere() throws IOException {
    assertThat(MissingHandlers.explain(List.of(ERROR), directory.resolve("shop")))
        .containsExactly(
            "nobody handles feedPet; \"brrt stubs shop\" writes a class for it and says what to add");
  }
}
