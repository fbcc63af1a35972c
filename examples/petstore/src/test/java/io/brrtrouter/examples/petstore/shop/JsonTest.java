package io.brrtrouter.examples.petstore.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.examples.petstore.generated.codec.ItemCodec;
import io.brrtrouter.examples.petstore.generated.codec.PetInputCodec;
import io.brrtrouter.examples.petstore.generated.model.CatInput;
import io.brrtrouter.examples.petstore.generated.model.Item;
import io.brrtrouter.examples.petstore.generated.model.ItemAttributesValue;
import io.brrtrouter.examples.petstore.generated.model.PetInput;
import io.brrtrouter.schema.codec.Field;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shop keeps as text is what it was told. */
class JsonTest {
  private static PetInput kept(PetInput pet) {
    return Json.read(PetInputCodec.INSTANCE, Json.text(PetInputCodec.INSTANCE, pet));
  }

  private static CatInput.Builder cat() {
    return CatInput.builder().name("Tom").price(new BigDecimal("10.10"));
  }

  @Test
  void a_pet_without_birthday_is_not_one_whose_birthday_nobody_knows() {
    PetInput silent = cat().build();
    PetInput unknown = cat().birthDate(Field.ofNull()).build();
    assertThat(kept(silent)).isEqualTo(silent).isNotEqualTo(unknown);
    assertThat(kept(unknown)).isEqualTo(unknown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0E+999999999", "1E-2147483647", "10.10", "123456789012345678901234567890"})
  void a_number_keeps_its_digits(String number) {
    Map<String, ItemAttributesValue> attributes =
        Map.of("a", new ItemAttributesValue.BigDecimalValue(new BigDecimal(number)));
    Item item = Item.builder().name("a").price(BigDecimal.ONE).attributes(attributes).build();
    assertThat(Json.read(ItemCodec.INSTANCE, Json.text(ItemCodec.INSTANCE, item))).isEqualTo(item);
  }

  @Test
  void a_text_may_be_longer_than_requests_may_have_by_now() {
    PetInput pet = cat().microchip("\u0000\uD83D\uDE00".repeat(1 << 20)).build();
    assertThat(kept(pet)).isEqualTo(pet);
  }

  @Test
  void a_list_keeps_its_order() {
    List<PetInput> pets = List.of(cat().build(), cat().name("Mimi").build());
    String text =
        "[%s,%s]"
            .formatted(
                Json.text(PetInputCodec.INSTANCE, pets.getFirst()),
                Json.text(PetInputCodec.INSTANCE, pets.getLast()));
    assertThat(Json.list(PetInputCodec.INSTANCE, text)).isEqualTo(pets);
  }

  @Test
  void a_text_of_another_document_is_told() {
    assertThatThrownBy(() -> Json.read(PetInputCodec.INSTANCE, "{\"species\":\"fish\"}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the document does not describe this any more: {\"species\":\"fish\"}");
  }
}
