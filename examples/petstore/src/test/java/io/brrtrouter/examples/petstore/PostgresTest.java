package io.brrtrouter.examples.petstore;

import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Every test that speaks HTTP, once more, on PostgreSQL. */
@DisplayName("On PostgreSQL")
@EnabledIfEnvironmentVariable(
    named = TestDatabase.POSTGRES_VARIABLE,
    matches = ".+",
    disabledReason = TestDatabase.NO_POSTGRES)
class PostgresTest {

  @Nested
  @BrrtTest(OnPostgres.class)
  class EveryOperation extends EveryOperationTest {}

  @Nested
  @BrrtTest(OnPostgres.class)
  class Pets extends PetsTest {
    Pets(BrrtClient client) {
      super(client);
    }
  }

  @Nested
  @BrrtTest(OnPostgres.class)
  class Shop extends ShopTest {
    Shop(BrrtClient client) {
      super(client);
    }
  }

  @Nested
  @BrrtTest(OnPostgres.class)
  class Adoption extends AdoptionTest {
    Adoption(BrrtClient client) {
      super(client);
    }
  }

  @Nested
  @BrrtTest(OnPostgres.class)
  class Readme extends ReadmeTest {}

  @Nested
  @BrrtTest(OnPostgres.class)
  class ExtremeInput extends ExtremeInputTest {
    ExtremeInput(BrrtClient client) {
      super(client);
    }
  }

  @Nested
  @BrrtTest(OnPostgres.class)
  class Photos extends PhotosTest {
    Photos(BrrtClient client) {
      super(client);
    }
  }
}
